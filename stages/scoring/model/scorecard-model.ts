import { z } from 'zod';
import type { FittedModel } from './fitted-model.ts';
import { linearTerm } from './linear-terms.ts';
import { linearModel } from './logistic-model.ts';
import type { ModelFile } from './load-fitted-model.ts';
import { readSealedModel } from './sealed-model.ts';

const bin = z.strictObject({
  /** Lower edge, part of the bin; null: no end. */
  from: z.number().nullable(),
  /** Upper edge, not part of it; null: no end. */
  to: z.number().nullable(),
  /** The bin of rows where the value is unknown: from and to are null. */
  unknown: z.boolean(),
  /** Of the training rows. */
  share: z.number(),
  /** Share of defaults; null where the bin has no row. */
  defaultRate: z.number().nullable(),
  woe: z.number(),
  /** Above 0: better than the average applicant; the most negative ones are the reasons for a low score. */
  points: z.number(),
});

export const scorecardDocument = z.strictObject({
  format: z.literal('scorecard-json'),
  features: z.array(z.string()),
  /** Log-odds of default of the average applicant. */
  intercept: z.number(),
  terms: z.array(linearTerm),
  scale: z.strictObject({
    baseScore: z.number(),
    /** Repaid : defaulted at baseScore. */
    baseOdds: z.number(),
    pointsToDouble: z.number(),
    /** Points a unit of ln(odds of repayment). */
    factor: z.number(),
    /** Score at odds of 1. */
    offset: z.number(),
  }),
  /** Of the average applicant: a score is this and the points of one bin of each characteristic. */
  basePoints: z.number(),
  characteristics: z.array(z.strictObject({ feature: z.string(), informationValue: z.number(), bins: z.array(bin) })),
});
export type ScorecardDocument = z.infer<typeof scorecardDocument>;

/** A sum of points; as log-odds, like every model's output. */
export function loadScorecardModel(file: ModelFile): FittedModel {
  const document = readSealedModel(file, scorecardDocument);
  return linearModel(document.features, document);
}
