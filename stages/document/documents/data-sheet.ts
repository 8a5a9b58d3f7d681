import { type Block, code, type Document, type Text, text, words } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { share, significant, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';
import { digestTable, tablesRead } from './shared-tables.ts';

const SOURCES = {
  synthetic:
    'Synthetic tables, made up by seed. Nobody in them exists: numbers say that the pipeline works, not how good a model would be.',
  csv: 'CSV files, read with declared types.',
  parquet: 'Parquet files, read with declared types.',
} as const;

/** With a credit bureau's table they have the layout of Home Credit's; else a config declares the one table. */
const isHomeCredit = ({ ingest }: Evidence): boolean => ingest.tables.some(({ name }) => name === 'bureau');

/** What the data are, what was found wrong with them, and what they cannot tell (after Gebru et al. 2021). */
export function dataSheet(evidence: Evidence): Document {
  const { contract, ingest } = evidence;
  const quote = quoteFrom('contract', contract);
  const broken = contract.rules.filter(({ passed }) => !passed).length;
  return {
    title: 'Data sheet',
    heading: words`The data contract ${contract.verdict === 'passed' ? 'holds' : 'is broken'}: ${derive(contract.rules.length - broken, whole, [quote(({ rules }) => rules.length)])} of ${quote(({ rules }) => rules.length, whole)} checks pass.`,
    lead: [text`${SOURCES[ingest.source]}`],
    sections: [
      { id: 'motivation', title: 'Why there are such data', blocks: isHomeCredit(evidence) ? homeCredit : [motivation] },
      { id: 'composition', title: 'What they are', blocks: composition(evidence) },
      { id: 'contract', title: 'The data contract', blocks: contractBlocks(evidence) },
      { id: 'preparation', title: 'What was done to them', blocks: preparation(evidence) },
      {
        id: 'limits',
        title: 'What they cannot tell',
        blocks: [{ kind: 'list', items: isHomeCredit(evidence) ? [...limits, ...homeCreditLimits] : limits }],
      },
      { id: 'audit', title: 'Digests', blocks: [digestTable(evidence)] },
    ],
  };
}

const motivation: Block = text`Records of a lender on people who asked for credit, and what became of it. They serve one purpose here: to learn and to judge a probability of default.`;

const homeCredit: readonly Block[] = [
  motivation,
  text`The tables have the layout of those that Home Credit published: the form, credits elsewhere, earlier applications and loans, payments month by month, all as known on the day of the application.`,
];

function composition(evidence: Evidence): readonly Block[] {
  const { summary, evaluation, catalogue } = evidence;
  const [of, quote, entries] = [quoteFrom('summary', summary), quoteFrom('evaluation', evaluation), quoteFrom('catalogue', catalogue)];
  return [
    tablesRead(evidence),
    text`Labelled clients are dealt once, by client id and seed, into ${of(({ rows }) => rows, whole)} to learn from (${of(({ positives }) => positives, whole)} defaulted) and ${quote(({ rows }) => rows, whole)} to judge on (${quote(({ positives }) => positives, whole)} defaulted). The label is 1 for a client with payment difficulties; the base rate is ${of(({ baseRate }) => baseRate, share)}.`,
    text`From these ${entries((all) => all.length, whole)} features are made, one row a client; none looks past the day of the application. What the catalogue marks as prohibited is measured and by default not learnt from.`,
  ];
}

/** Checks with their outcome, broken ones first. @param which all, or the broken ones only where somebody else lists the rest */
export function contractBlocks({ contract }: Evidence, which: 'all' | 'broken' = 'all'): readonly Block[] {
  const quote = quoteFrom('contract', contract);
  const broken = contract.rules.filter(({ passed }) => !passed).length;
  const summary = text`${derive(contract.rules.length - broken, whole, [quote(({ rules }) => rules.length)])} of ${quote(({ rules }) => rules.length, whole)} checks hold.`;
  const order = contract.rules
    .map((_, index) => index)
    .toSorted((left, right) => Number(contract.rules[left]?.passed) - Number(contract.rules[right]?.passed) || left - right)
    .filter((index) => which === 'all' || contract.rules[index]?.passed === false);
  if (order.length === 0) return [summary];
  return [
    summary,
    {
      kind: 'table',
      caption: 'Checks of the data contract',
      head: ['Check', 'Table', 'Outcome', 'Value', 'Limit'],
      rows: order.map((index) => [
        [quote(({ rules }) => rules[index]?.rule)],
        words`${code(quote(({ rules }) => rules[index]?.table))}${contract.rules[index]?.column == null ? [] : ['.', code(quote(({ rules }) => rules[index]?.column))]}`,
        [contract.rules[index]?.passed === true ? 'holds' : `fails (${contract.rules[index]?.severity})`],
        [quote(({ rules }) => rules[index]?.value, significant)],
        [quote(({ rules }) => rules[index]?.limit, significant)],
      ]),
    },
  ];
}

function preparation({ ingest }: Evidence): readonly Block[] {
  const quote = quoteFrom('ingestSummary', ingest);
  const rejected = ingest.tables.map((_, index) => quote(({ tables }) => tables[index]?.rejected, whole));
  const total = ingest.tables.reduce((sum, table) => sum + table.rejected, 0);
  return [
    text`${derive(total, whole, rejected)} rows were set aside as unreadable or against the declared types; the artifact ${code('ingest.rejects')} lists each with file, line, column and value. Everything else is kept: unknown values stay unknown, nothing is imputed.`,
  ];
}

const limits: readonly Text[] = [
  ['Only granted loans have an outcome. Who was refused, and would have repaid, is not in the data; nor is how the lender decided then.'],
  ['There is no calendar date that rows could be held out by.'],
  ['Personal data: identifiers are pseudonyms at best, and a full row may single a person out. The tables are read, never sent anywhere.'],
];

const homeCreditLimits: readonly Text[] = [
  ['Days are counted back from each application; amounts have no currency and no inflation; the place is coded.'],
  ['The three outside scores are not explained by their makers, carry much weight, and may hold what is prohibited.'],
  ['Whoever has no history at a bureau or here has unknown values throughout; such clients are judged on the form alone.'],
];
