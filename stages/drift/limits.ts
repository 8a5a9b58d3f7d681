import { z } from 'zod';

/** From where on a rule watches and from where on it acts; null: never. */
const grades = (watch: number | null, act: number | null, what: string) =>
  z
    .strictObject({ watch: z.number().gt(0).nullable().default(watch), act: z.number().gt(0).nullable().default(act) })
    .superRefine((given, context) => {
      if (given.watch === null || given.act === null || given.watch <= given.act) return;
      // The defaults agree: one of the two was written.
      const [written, other] = given.watch === watch ? (['act', 'watch'] as const) : (['watch', 'act'] as const);
      const byDefault = given[other] === { watch, act }[other] ? ' by default' : '';
      const relation = written === 'watch' ? 'beyond act' : 'below watch';
      context.addIssue({ code: 'custom', path: [written], message: `it may not be ${relation}, which is ${given[other]}${byDefault}` });
    })
    .prefault({})
    .describe(what);

/** The limits of `sluice drift` and of the stage. Acting by default only on what decides: scores, money, the features that the model rests on. */
export const driftLimits = z.strictObject({
  scorePsi: grades(0.1, 0.25, 'PSI of the score on reference deciles'),
  scoreShift: grades(0.15, null, 'shift of the mean score in log-odds, where it is beyond chance'),
  costRise: grades(0.05, 0.1, 'rise of the estimated cost a loan, as a share of what it was, where it is beyond chance'),
  realisedCostRise: grades(0.05, 0.1, 'realised cost a loan above its estimate, as a share of it, where it is beyond chance'),
  weightedDrift: grades(0.05, 0.1, 'PSI of the model’s features beyond chance, weighted by their importance'),
  topFeaturePsi: grades(
    0.1,
    0.25,
    'PSI beyond chance of one of the ten most important features; it acts only where the scores or the cost moved as well',
  ),
  domainAuc: grades(0.75, null, 'lower bound of the AUC with which a classifier tells the parts apart'),
  reconstructionRise: grades(0.1, null, 'rise of the PCA reconstruction error, as a share, where it is beyond chance'),
  segmentApproval: grades(
    0.05,
    null,
    'how much more than all applicants a group moved in its approval rate, as a fraction, where it is beyond chance',
  ),
  segmentPsi: grades(0.25, null, 'PSI of the score within a group, where it is beyond chance'),
  missingShift: grades(0.1, null, 'shift of a column’s missing share, as a fraction of rows'),
  unseenShare: grades(0.01, null, 'share of rows whose level the reference does not have'),
  columnPsi: grades(0.25, null, 'PSI of a column, where it is beyond chance among all columns'),
});
export type DriftLimits = z.output<typeof driftLimits>;
export type Grades = DriftLimits['scorePsi'];

/** What one unit of cost is worth, so that the page can speak of money. */
export const driftMoney = z.strictObject({
  currency: z.string().min(1).max(8).describe('such as EUR'),
  unit: z.number().gt(0).describe('what one unit of cost is worth in it: with costs 10 and 1, what refusing a payer forgoes'),
});
export type DriftMoney = z.output<typeof driftMoney>;

export const DEFAULT_LIMITS: DriftLimits = driftLimits.parse({});

/** Beyond chance: a p-value below this, one-sided where only one direction is bad. */
export const BEYOND_CHANCE = 0.001;
/** Its one-sided quantile of the normal law. */
export const BEYOND_CHANCE_Z = 3.090232306167813;
/** How many of the most important features have a rule of their own. */
export const TOP_FEATURES = 10;
/** A weighted estimate that rests on fewer than this share of the reference rows supports no act. */
export const LEAST_EFFECTIVE_SHARE = 0.1;
