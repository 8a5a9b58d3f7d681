import type { Block } from '../blocks/block.ts';
import { code, words } from '../blocks/block.ts';
import { type Cited, quoteFrom } from '../blocks/cite.ts';
import { fixed, share, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';

/** The digests of everything that the documents quote. */
export function digestTable({ digests }: Evidence): Block {
  const names = Object.keys(digests).toSorted();
  const quote = quoteFrom('digests', digests);
  return {
    kind: 'table',
    caption: 'What this page was made of, by sha256',
    head: ['Artifact', 'sha256'],
    rows: names.map((name) => [[code(name)], [code(quote((all) => all[name]))]]),
  };
}

/** Every metric of a stage with its interval where it has one. @param metrics name to value; `_lo` and `_hi` beside it are its ends */
export function metricTable(artifact: string, metrics: Readonly<Record<string, number>>, caption: string): Block {
  const quote = quoteFrom(artifact, metrics);
  const names = Object.keys(metrics).filter((name) => !/_(lo|hi)$/.test(name));
  const end = (name: string): readonly Cited[] => (metrics[name] === undefined ? [] : [quote((all) => all[name], fixed(4))]);
  return {
    kind: 'table',
    caption,
    head: ['Metric', 'Value', 'Lower', 'Upper'],
    rows: names.map((name) => [[code(name)], [quote((all) => all[name], readable)], end(`${name}_lo`), end(`${name}_hi`)]),
  };
}

/** A count as it is, everything else with four digits. */
const readable = (value: number): string => (Number.isInteger(value) ? whole(value) : fixed(4)(value));

/** Raw tables as they were read. */
export function tablesRead({ ingest }: Evidence): Block {
  const quote = quoteFrom('ingestSummary', ingest);
  return {
    kind: 'table',
    caption: 'Raw tables',
    head: ['Table', 'Rows', 'Set aside'],
    rows: ingest.tables.map(({ name, present }, index) => [
      [code(name)],
      present ? [quote((all) => all.tables[index]?.rows, whole)] : ['absent'],
      [quote((all) => all.tables[index]?.rejected, whole)],
    ]),
  };
}

/** Decisions by group, on approvals. */
export function fairnessTables({ evaluation }: Evidence): readonly Block[] {
  const quote = quoteFrom('evaluation', evaluation);
  return evaluation.fairness.flatMap(({ attribute, groups, adverseImpactRatio }, at): readonly Block[] => [
    { kind: 'heading', text: `By ${attribute}` },
    adverseImpactRatio === null
      ? { kind: 'text', text: ['Too few groups are large enough for a ratio.'] }
      : {
          kind: 'text',
          text: words`Lowest over highest approval rate: ${quote((all) => all.fairness[at]?.adverseImpactRatio?.value, fixed(3))} (interval ${quote((all) => all.fairness[at]?.adverseImpactRatio?.lo, fixed(3))} to ${quote((all) => all.fairness[at]?.adverseImpactRatio?.hi, fixed(3))}).`,
        },
    {
      kind: 'table',
      caption: `Approvals by ${attribute}`,
      head: ['Group', 'Clients', 'Approved', 'Payers refused', 'Defaulters refused', 'Predicted', 'Observed'],
      rows: groups.map(({ group }, row) => [
        [group],
        [quote((all) => all.fairness[at]?.groups[row]?.rows, whole)],
        [quote((all) => all.fairness[at]?.groups[row]?.approvalRate, share)],
        [quote((all) => all.fairness[at]?.groups[row]?.falsePositiveRate, share)],
        [quote((all) => all.fairness[at]?.groups[row]?.truePositiveRate, share)],
        [quote((all) => all.fairness[at]?.groups[row]?.meanPredicted, share)],
        [quote((all) => all.fairness[at]?.groups[row]?.observedRate, share)],
      ]),
    },
  ]);
}
