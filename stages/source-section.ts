import { z } from 'zod';

/** The `source` section of a config: where the eight tables come from. */
export const sourceSection = z
  .strictObject({
    kind: z
      .enum(['synthetic', 'csv', 'parquet'])
      .default('synthetic')
      .describe(
        'synthetic: made up by seed; csv: a folder of Kaggle files, .csv, .csv.gz or in .zip archives; parquet: the same names as .parquet',
      ),
    dir: z.string().nullable().default(null).describe('the folder, for csv and parquet'),
    scale: z.number().gt(0).lte(1).default(0.02).describe('synthetic only: share of the full 307,511 labelled applicants'),
    seed: z.int().min(0).default(42).describe('synthetic only'),
  })
  // A folder that is named and not read would pass for a run on the reader's own data.
  .refine(({ kind, dir }) => kind !== 'synthetic' || dir === null, {
    path: ['dir'],
    error: 'it is not read while source.kind is synthetic: set source.kind to csv or parquet as well',
  });
