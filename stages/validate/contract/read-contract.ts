import { didYouMean, type FolderInput, readYamlAs, SluiceError } from '../../../pipeline/index.ts';
import { type Contract, contractSchema, type ContractTable } from './contract-schema.ts';

const PAGE = 'docs/reference/contracts.md';

/**
 * Reads the contract and checks that it speaks of tables that there are.
 * @throws SluiceError SOURCE_MISSING, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE
 */
export function readContract(input: FolderInput, tables: readonly string[]): Contract {
  const [file] = Object.values(input.files);
  if (file === undefined) {
    throw new SluiceError('SOURCE_MISSING', `the data contract is not in ${input.folder ?? 'any folder'}`, {
      hint: `Name its file in contract.file; ${PAGE} describes it.`,
    });
  }
  const contract = readYamlAs(file, contractSchema, PAGE);
  const named = [...Object.keys(contract.tables), contract.label.table, ...(contract.apart?.tables ?? [])];
  const unknown = named.find((name) => !tables.includes(name));
  if (unknown !== undefined) {
    throw new SluiceError(
      'CONFIG_VALUE',
      `the contract speaks of a table "${unknown}" that ingest does not make.${didYouMean(unknown, tables)}`,
      {
        at: { file },
        hint: `Tables: ${tables.join(', ')}.`,
      },
    );
  }
  return contract;
}

/** The table with its name; null where the contract does not speak of it. */
export function contractTable(contract: Contract, name: string): ContractTable | null {
  const table = contract.tables[name];
  return table === undefined ? null : { name, ...table };
}
