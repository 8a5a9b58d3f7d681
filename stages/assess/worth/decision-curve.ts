import { bootstrap, percentileInterval } from '../../metrics/bootstrap.ts';
import { netBenefitsAt } from '../../metrics/net-benefit.ts';
import type { Assessment } from '../assessment-schema.ts';
import type { JudgedRows } from '../judged-rows.ts';

/** Two per cent to forty: beyond, nobody refuses. */
const GRID = Array.from({ length: 20 }, (_, at) => (at + 1) / 50);

/** Decision curve: net benefit by threshold, whatever the costs are, and at the one in use; intervals of the gain from resamples within each class. */
export function decisionCurve(
  { target, calibrated }: JudgedRows,
  { threshold: used, ...resampling }: { readonly threshold: number; readonly replicates: number; readonly seed: number },
): Assessment['decisionCurve'] {
  const thresholds = [...new Set([...GRID, used])].filter((threshold) => threshold > 0 && threshold < 1).toSorted((a, b) => a - b);
  const statistics = Object.fromEntries(
    thresholds.map((threshold) => [
      String(threshold),
      (weight?: Uint16Array): number => netBenefitsAt(target, calibrated, threshold, weight).gain,
    ]),
  );
  const resampled = bootstrap(target, statistics, resampling);
  return thresholds.map((threshold) => {
    const { model, refuseAll, gain } = netBenefitsAt(target, calibrated, threshold);
    return { threshold, model, refuseAll, gain: { value: gain, ...percentileInterval(resampled[String(threshold)] ?? []) } };
  });
}
