import type { DuckDb, GateRuleResult, StageLog } from '../../pipeline/index.ts';
import { checkContract, type CheckOptions } from './check-contract.ts';
import type { Contract } from './contract/contract-schema.ts';
import { contractPage } from './page/contract-page.ts';
import type { Rule } from './rule.ts';
import type { ContractResult, ValidateParams } from './stage.ts';

export interface Judged {
  readonly result: ContractResult;
  readonly page: string;
  /** What the gate returns. */
  readonly gate: { readonly verdict: 'passed' | 'rejected'; readonly rules: readonly GateRuleResult[] };
}

/** Checks the tables, tells the warnings, and says the verdict: rejected when a rule of severity error fails. */
export async function judgeTables(db: DuckDb, options: CheckOptions, log: StageLog): Promise<Judged> {
  const rules = await checkContract(db, options);
  for (const { table, column, reason } of rules.filter(({ passed, severity }) => !passed && severity === 'warning')) {
    log.warn(`${table}${column === null ? '' : `.${column}`}: ${reason}`);
  }
  const binding = rules.filter(({ severity }) => severity === 'error');
  const verdict = binding.every(({ passed }) => passed) ? 'passed' : 'rejected';
  const result: ContractResult = { verdict, rules: [...rules] };
  log.info(`data contract ${verdict}`, { highlights: [{ label: 'Data contract', port: 'page' }] });
  return { result, page: contractPage(result, options.contract), gate: { verdict, rules: binding.map(toGateRule) } };
}

/** The contract with the limits that the config's parameters set instead. */
export function withParams(contract: Contract, { minPositives, maxOrphanShare, leakAuc }: ValidateParams): Contract {
  const { label, orphans } = contract;
  return {
    ...contract,
    label: { ...label, minEachClass: minPositives ?? label.minEachClass, leakAuc: leakAuc ?? label.leakAuc },
    orphans: { maxMissing: maxOrphanShare ?? orphans.maxMissing },
  };
}

function toGateRule({ rule, table, column, passed, value, limit, reason }: Rule): GateRuleResult {
  return { rule: `${rule}: ${column === null ? table : `${table}.${column}`}`, passed, value, limit, reason };
}
