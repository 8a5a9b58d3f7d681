import { z } from 'zod';
import { plausibleRanges } from '../../stages/explanations/counterfactual/plausible-ranges.ts';

/** One feature over the population. */
const featureFacts = z.strictObject({
  /** Middle 99.8 of 100 known values; null where fewer than 100 clients have one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Share of clients with a value. */
  known: z.number(),
  /** Mean |contribution|, in log-odds; null for a model without contributions. */
  meanAbs: z.number().nullable(),
});

/** `population.json` beside the numbers of an index: see README. */
export const populationSchema = z.strictObject({
  schema: z.literal('population/1'),
  /** Holdout clients in it, and of how many. */
  clients: z.int(),
  holdout: z.int(),
  defaults: z.int(),
  /** Whether the store's last model is the one that is served: otherwise the holdout is of another run. */
  sameRun: z.boolean(),
  features: z.array(featureFacts),
  /** Columns of the concept sums; empty for a model without contributions. */
  concepts: z.array(z.strictObject({ concept: z.string(), meanAbs: z.number() })),
  /** Clients by calibrated probability, as many in each bin: what was observed among them. Ascending, a bin ends where the next begins. */
  bands: z.array(z.strictObject({ from: z.number(), clients: z.int(), defaults: z.int(), low: z.number(), high: z.number() })),
  /** What is usual to ask for, by kind of contract, among development clients. */
  ranges: z.array(plausibleRanges),
});
export type PopulationRecord = z.infer<typeof populationSchema>;

/** Files of an index folder. */
export const INDEX_FILES = {
  record: 'population.json',
  /** Int32, ascending: everybody in the book. */
  ids: 'ids.i32',
  /** Float32, the model's input of everybody, in the order of ids. */
  rows: 'rows.f32',
  /** Of the population, in its order: place among ids, TARGET, calibrated probability, sums by concept (row-major), features (column-major). */
  places: 'population.places.i32',
  outcomes: 'population.outcomes.u8',
  calibrated: 'population.calibrated.f64',
  concepts: 'population.concepts.f32',
  values: 'population.values.f32',
} as const;
