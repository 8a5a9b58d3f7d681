import { combined } from '../../../stages/features/catalogue/combined.ts';
import { perTable } from '../../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../../stages/tables/table-names.ts';
import type { RowCounts } from '../../book/rejected.ts';
import type { Population } from '../../book/population.ts';
import type { DataIssue } from '../score-answer.ts';
import type { ServedModel } from '../served-model.ts';
import { decimal } from './number-words.ts';

const TABLES: Readonly<Record<TableName, { readonly en: string; readonly fr: string }>> = {
  application_train: { en: 'the application form', fr: 'le formulaire de demande' },
  application_test: { en: 'the application form', fr: 'le formulaire de demande' },
  bureau: { en: 'credits elsewhere', fr: 'les crédits ailleurs' },
  bureau_balance: { en: 'the months of credits elsewhere', fr: 'les mensualités des crédits ailleurs' },
  previous_application: { en: 'earlier applications', fr: 'les demandes antérieures' },
  POS_CASH_balance: { en: 'the months of earlier loans', fr: 'les mensualités des prêts antérieurs' },
  installments_payments: { en: 'instalments paid', fr: 'les échéances payées' },
  credit_card_balance: { en: 'the months of credit cards', fr: 'les mensualités des cartes de crédit' },
};

/** Made of several tables: known from the form alone. */
const MIXED: ReadonlySet<string> = new Set(combined.map(({ name }) => name));

/** Features whose absence or oddity is worth a word: the rest moves the score by little. */
const LOOKED_AT = 40;
/** A feature that fewer have is nothing that is missed. */
const USUALLY_KNOWN = 0.8;

/** Looks at one applicant's row: made once for a model. */
export function dataQualityOf(model: ServedModel, population: Population | null): (row: Float32Array) => readonly DataIssue[] {
  const columns = columnsByTable(model);
  const watched = watchedColumns(population);
  return (row) => [
    ...TABLE_NAMES.flatMap((table) => {
      const own = columns[table];
      return own.length > 0 && own.every((column) => Number.isNaN(row[column])) ? [missingTable(table)] : [];
    }),
    ...watched.flatMap((column) => oddity(model, population, { column, value: row[column] ?? Number.NaN })),
  ];
}

/** What an officer is told of rows that ingest could not read: the score does not count them. */
export function setAsideIssues(counts: RowCounts): readonly DataIssue[] {
  return TABLE_NAMES.flatMap((table): readonly DataIssue[] => {
    const rows = counts[table] ?? 0;
    if (rows === 0) return [];
    const [{ en, fr }, one] = [TABLES[table], rows === 1];
    return [
      {
        issue: 'set-aside',
        table,
        feature: null,
        en: `${rows} ${one ? 'row' : 'rows'} of ${en} could not be read: ${one ? 'it is' : 'they are'} not counted.`,
        fr: one
          ? `Une ligne sur ${fr} n’a pas pu être lue : elle n’est pas prise en compte.`
          : `${rows} lignes sur ${fr} n’ont pas pu être lues : elles ne sont pas prises en compte.`,
      },
    ];
  });
}

/** What an officer is told, of whoever it is, of rows that do not say whose they are. */
export function unclaimedIssues(counts: RowCounts): readonly DataIssue[] {
  return TABLE_NAMES.flatMap((table): readonly DataIssue[] => {
    const rows = counts[table] ?? 0;
    if (rows === 0) return [];
    const [{ en, fr }, one] = [TABLES[table], rows === 1];
    return [
      {
        issue: 'unclaimed',
        table,
        feature: null,
        en: one
          ? `1 row of ${en} could not be read, nor whose it is: it may be this applicant’s, and is not counted.`
          : `${rows} rows of ${en} could not be read, nor whose they are: some may be this applicant’s, and are not counted.`,
        fr: one
          ? `Une ligne sur ${fr} n’a pas pu être lue, ni à qui elle appartient : elle concerne peut-être cette demande, et n’est pas prise en compte.`
          : `${rows} lignes sur ${fr} n’ont pas pu être lues, ni à qui elles appartiennent : certaines concernent peut-être cette demande, et ne sont pas prises en compte.`,
      },
    ];
  });
}

function columnsByTable({ entries }: ServedModel): Readonly<Record<TableName, readonly number[]>> {
  return perTable((table) =>
    entries.flatMap((entry, column) => (entry.table === table && entry.fitted !== true && !MIXED.has(entry.name) ? [column] : [])),
  );
}

/** The features that move scores most, strongest first; none without contributions to tell. */
function watchedColumns(population: Population | null): readonly number[] {
  const features = population?.record.features ?? [];
  return [...features.keys()]
    .filter((column) => (features[column]?.meanAbs ?? 0) > 0)
    .toSorted((a, b) => (features[b]?.meanAbs ?? 0) - (features[a]?.meanAbs ?? 0) || a - b)
    .slice(0, LOOKED_AT);
}

function missingTable(table: TableName): DataIssue {
  const { en, fr } = TABLES[table];
  return { issue: 'missing-table', table, feature: null, en: `Nothing is known of ${en}.`, fr: `Rien n’est connu sur ${fr}.` };
}

function oddity(
  { entries }: ServedModel,
  population: Population | null,
  { column, value }: { readonly column: number; readonly value: number },
): readonly DataIssue[] {
  const [entry, facts] = [entries[column], population?.record.features[column]];
  const table = TABLE_NAMES.find((name) => name === entry?.table);
  if (entry === undefined || facts === undefined || table === undefined) return [];
  const about = { table, feature: entry.name };
  if (Number.isNaN(value)) {
    if (facts.known < USUALLY_KNOWN) return [];
    return [
      {
        issue: 'unknown',
        ...about,
        en: `${entry.en}: unknown, though most applicants have it.`,
        fr: `${entry.fr} : inconnu, alors que la plupart des demandes l’indiquent.`,
      },
    ];
  }
  if (facts.low === null || facts.high === null || (value >= facts.low && value <= facts.high)) return [];
  const [low, high] = [facts.low, facts.high];
  return [
    {
      issue: 'out-of-range',
      ...about,
      en: `${entry.en}: ${decimal(value, 'en')} lies outside what is usual (${decimal(low, 'en')} to ${decimal(high, 'en')}).`,
      fr: `${entry.fr} : ${decimal(value, 'fr')} sort de l’habituel (${decimal(low, 'fr')} à ${decimal(high, 'fr')}).`,
    },
  ];
}
