import { op, table } from 'arquero';
import { bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import { adverseImpactRatio, groupDecisions } from '../metrics/fairness.ts';
import type { Evaluation } from './evaluation-schema.ts';
import type { JudgeOptions } from './headline.ts';

/** Fewer rows than this say too little of an approval rate to enter a ratio. */
const MIN_GROUP_ROWS = 30;

type FairnessEntry = Evaluation['fairness'][number];

export interface GroupedRows {
  readonly target: Uint8Array;
  readonly calibrated: Float64Array;
}

/** Approvals, error rates and calibration by group, for each attribute; see {@link adverseImpactRatio} for the ratio. */
export function measureFairness(
  rows: GroupedRows,
  attributes: Readonly<Record<string, readonly string[]>>,
  options: JudgeOptions,
): FairnessEntry[] {
  return Object.entries(attributes).map(([attribute, group]): FairnessEntry => {
    const decisions = groupDecisions({ target: rows.target, probability: rows.calibrated }, group, options.threshold);
    const levels = new Map(groupLevels(rows, group).map((level) => [level.group, level]));
    const groups = decisions.map((found) => {
      const { rows: count = 0, positives = 0, meanPredicted = 0, observedRate = 0 } = levels.get(found.group) ?? {};
      const { group: name, approvalRate, falsePositiveRate, truePositiveRate } = found;
      return { group: name, rows: count, positives, approvalRate, falsePositiveRate, truePositiveRate, meanPredicted, observedRate };
    });
    return { attribute, groups, adverseImpactRatio: ratioInterval(rows, group, groups, options) };
  });
}

interface GroupLevel {
  readonly group: string;
  readonly rows: number;
  readonly positives: number;
  readonly meanPredicted: number;
  readonly observedRate: number;
}

/** Counts, mean predicted probability and observed default rate by group. */
function groupLevels({ target, calibrated }: GroupedRows, group: readonly string[]): readonly GroupLevel[] {
  const rolled = table({ group, target: [...target], calibrated: [...calibrated] })
    .groupby('group')
    .rollup({ rows: op.count(), positives: op.sum('target'), meanPredicted: op.mean('calibrated'), observedRate: op.mean('target') });
  return rolled.objects() as GroupLevel[];
}

function ratioInterval(
  rows: GroupedRows,
  group: readonly string[],
  groups: FairnessEntry['groups'],
  { threshold, replicates, seed }: JudgeOptions,
): FairnessEntry['adverseImpactRatio'] {
  const large = groups.filter((found) => found.rows >= MIN_GROUP_ROWS);
  const value = adverseImpactRatio(large);
  if (value === null) return null;
  const index = new Map(large.map((found, at) => [found.group, at]));
  const member = Int32Array.from(group, (name) => index.get(name) ?? -1);
  const ratio = (multiplicity: Uint16Array): number => {
    const [seen, approved] = [new Float64Array(large.length), new Float64Array(large.length)];
    for (let row = 0; row < member.length; row++) {
      const at = member[row] ?? -1;
      if (at < 0) continue;
      const times = multiplicity[row] ?? 0;
      seen[at] = (seen[at] ?? 0) + times;
      if ((rows.calibrated[row] ?? 0) < threshold) approved[at] = (approved[at] ?? 0) + times;
    }
    return adverseImpactRatio(large.map((_, at) => ({ approvalRate: (approved[at] ?? 0) / (seen[at] ?? 0) }))) ?? Number.NaN;
  };
  const found = bootstrap(rows.target, { ratio }, { replicates, seed });
  return { value, ...percentileInterval(found.ratio) };
}
