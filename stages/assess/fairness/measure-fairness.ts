import { rateGap, rateRatio } from '../../metrics/fairness.ts';
import type { Assessment } from '../assessment-schema.ts';
import type { EstimatedInterval } from '../../metrics/metric-schemas.ts';
import { estimated, reflected } from '../interval.ts';
import { type GroupTallies, NOBODY, rates, type Tally } from '../tally.ts';
import type { Jurisdiction } from './jurisdiction.ts';

type Fairness = Assessment['fairness'];
type AttributeFairness = Fairness['attributes'][number];

/**
 * Decisions by group on approvals, for the attributes that the profile protects: ratio and gaps with intervals from the same
 * resamples. Groups smaller than the profile's least are listed in the slices and left out here.
 */
export function measureFairness(tallies: readonly GroupTallies[], { profile, rules }: Jurisdiction): AttributeFairness[] {
  return tallies
    .filter(({ attribute }) => rules.attributes.includes(attribute))
    .map((found): AttributeFairness => {
      const large = found.estimate.flatMap(({ rows }, at) => (rows >= rules.minRows ? [at] : []));
      const over = (
        measure: (tallies: readonly Tally[]) => number | null,
        interval: typeof estimated = estimated,
      ): EstimatedInterval | null => {
        const of = (all: readonly Tally[]): number | null => measure(large.flatMap((at) => all[at] ?? []));
        return interval(of(found.estimate), found.resampled.map(of));
      };
      const between = (rate: (tally: Tally) => number | null): EstimatedInterval | null => over((all) => rateGap(all.map(rate)), reflected);
      const names = large.map((at) => ({ group: found.groups[at] ?? '', approval: rates.approval(found.estimate[at] ?? NOBODY) ?? 0 }));
      const ordered = names.toSorted((left, right) => left.approval - right.approval || (left.group < right.group ? -1 : 1));
      const adverseImpactRatio = over((all) => rateRatio(all.map(rates.approval)));
      return {
        attribute: found.attribute,
        profile,
        compared: names.map(({ group }) => group),
        lowest: ordered[0]?.group ?? null,
        highest: ordered.at(-1)?.group ?? null,
        adverseImpactRatio,
        approvalGap: between(rates.approval),
        truePositiveGap: between(rates.truePositive),
        falsePositiveGap: between(rates.falsePositive),
        miscalibrationGap: between(rates.miscalibration),
        belowLimit: judgeRatio(adverseImpactRatio, rules.minImpactRatio),
      };
    });
}

/** Whether a ratio is under the limit: surely (its whole interval), maybe, or not; null without ratio or limit. */
function judgeRatio(ratio: EstimatedInterval | null, limit: number | null): AttributeFairness['belowLimit'] {
  if (ratio === null || limit === null) return null;
  if (ratio.value >= limit) return 'no';
  return ratio.hi < limit ? 'surely' : 'within chance';
}
