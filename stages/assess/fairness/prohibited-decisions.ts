import { z } from 'zod';
import type { DuckDb } from '../../../pipeline/index.ts';
import { crossFit } from '../../calibrate/cross-fit.ts';
import { readOof } from '../../calibrate/oof.ts';
import { decide } from '../../evaluate/write-predictions.ts';
import type { Costs } from '../../metrics/cost.ts';
import { rateRatio } from '../../metrics/fairness.ts';
import { type EstimatedInterval, intervalSchema } from '../../metrics/metric-schemas.ts';
import type { Groups } from '../groups/read-groups.ts';
import { estimated } from '../interval.ts';
import type { JudgedRows } from '../judged-rows.ts';
import { costOf, type GroupTallies, rates, type Tally, tallyGroups } from '../tally.ts';
import type { Jurisdiction } from './jurisdiction.ts';

const compared = z.strictObject({
  without: intervalSchema.nullable(),
  with: intervalSchema.nullable(),
  /** With less without, paired by client. */
  difference: intervalSchema.nullable(),
});

/** What sex and age as inputs would do to decisions: of development rows out of fold, calibrated on the other folds, at the run's threshold. */
export const prohibitedDecisions = z.strictObject({
  rows: z.int(),
  costPerApplicant: compared,
  /** Lowest over highest approval rate of the groups that are large enough. */
  impactRatios: z.array(z.strictObject({ attribute: z.string(), ...compared.shape })),
});
export type ProhibitedDecisions = z.infer<typeof prohibitedDecisions>;

/** Decisions on the same clients, by SK_ID_CURR. */
export interface BothDecisions {
  readonly without: JudgedRows;
  readonly with: JudgedRows;
}

/** Null where training did not measure it. */
export async function readBothDecisions(
  db: DuckDb,
  paths: { readonly oof: string; readonly oofWithProhibited: string },
  threshold: number,
): Promise<BothDecisions | null> {
  await db.view('oof', paths.oofWithProhibited);
  const { clients } = await db.one<{ clients: number }>('select count(*)::integer as clients from oof');
  if (clients === 0) return null;
  const judge = async (path: string): Promise<JudgedRows> => {
    const oof = await readOof(db, path);
    const calibrated = crossFit('platt', oof);
    return { ...oof, id: new Float64Array(oof.target.length), calibrated, decision: decide(calibrated, threshold) };
  };
  return { without: await judge(paths.oof), with: await judge(paths.oofWithProhibited) };
}

interface CompareOptions {
  readonly groups: Groups;
  readonly jurisdiction: Jurisdiction;
  readonly costs: Costs;
  readonly replicates: number;
  readonly seed: number;
}

const EVERYBODY = 'everybody';

/** Intervals from the same resamples of the clients for both models. */
export function compareDecisions(both: BothDecisions, { groups, jurisdiction, costs, ...resampling }: CompareOptions): ProhibitedDecisions {
  const { attributes, minRows } = jurisdiction.rules;
  const wanted = Object.entries(groups).filter(([attribute]) => attributes.includes(attribute));
  const members = { ...Object.fromEntries(wanted), [EVERYBODY]: Array.from(both.without.target, () => EVERYBODY) };
  const [without, having] = [tallyGroups(both.without, members, resampling), tallyGroups(both.with, members, resampling)];
  const compare = (attribute: string, measure: (groups: readonly Tally[]) => number | null): z.infer<typeof compared> => {
    const [left, right] = [without, having].map((tallies) => replicatesOf(tallies, attribute, measure));
    return { without: intervalOf(left), with: intervalOf(right), difference: intervalOf(differences(right, left)) };
  };
  return {
    rows: both.without.target.length,
    costPerApplicant: compare(EVERYBODY, ([all]) => (all === undefined ? null : costOf(all, costs))),
    impactRatios: wanted.map(([attribute]) => {
      const large = (without.find((found) => found.attribute === attribute)?.estimate ?? []).map(({ rows }) => rows >= minRows);
      return { attribute, ...compare(attribute, (all) => rateRatio(all.filter((_, at) => large[at]).map(rates.approval))) };
    }),
  };
}

/** A number of the rows, and of each resample. */
interface Replicated {
  readonly value: number | null;
  readonly resampled: readonly (number | null)[];
}

function replicatesOf(
  tallies: readonly GroupTallies[],
  attribute: string,
  measure: (groups: readonly Tally[]) => number | null,
): Replicated | undefined {
  const found = tallies.find((each) => each.attribute === attribute);
  return found === undefined ? undefined : { value: measure(found.estimate), resampled: found.resampled.map(measure) };
}

const intervalOf = (found: Replicated | undefined): EstimatedInterval | null =>
  found === undefined ? null : estimated(found.value, found.resampled);

function differences(left: Replicated | undefined, right: Replicated | undefined): Replicated | undefined {
  if (left === undefined || right === undefined) return undefined;
  const less = (a: number | null, b: number | null | undefined): number | null =>
    a === null || b === null || b === undefined ? null : a - b;
  return { value: less(left.value, right.value), resampled: left.resampled.map((value, at) => less(value, right.resampled[at])) };
}
