import { z } from 'zod';
import { type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { SUMMARY_NAME } from './write-profile.ts';

const moment = { mean: z.number(), variance: z.number() };
const named = z.array(z.strictObject({ name: z.string(), ...moment }));

/** What a profile holds of all columns together: sums over reference rows, no row. */
const profileSummary = z.strictObject({
  /** Columns of the reference that were left out: whoever ignores them again has not misspelt them. */
  ignored: z.array(z.string()).optional(),
  /** Of the model that the contributions are of; null without one. */
  modelSha256: z.string().nullable(),
  /** Why scores are what they are, and the bins of what the model rests on. */
  kept: z
    .strictObject({
      shift: z.strictObject({ rows: z.int(), margin: z.strictObject(moment), concepts: named, features: named }),
      bins: z
        .strictObject({
          features: z.array(
            z.strictObject({
              feature: z.string(),
              concept: z.string(),
              importance: z.number(),
              edges: z.array(z.number()),
              counts: z.array(z.number()),
            }),
          ),
          total: z.number(),
        })
        .nullable(),
    })
    .nullable(),
  /** Principal components, and how many reference rows were looked at. */
  components: z
    .strictObject({
      rows: z.int(),
      fitted: z.strictObject({
        features: z.array(z.strictObject({ name: z.string(), mean: z.number(), deviation: z.number() })),
        axes: z.array(z.array(z.number())),
        error: z.strictObject({ rows: z.int(), ...moment }),
      }),
    })
    .nullable(),
});
export type ProfileSummary = z.infer<typeof profileSummary>;

/** Null where the profile holds none. @throws SluiceError DATA_MALFORMED for one that is not of this form */
export async function readSummary(db: DuckDb): Promise<ProfileSummary | null> {
  const [row] = await db.all<{ level: string }>('select level from profile_rows where name = $name', { name: SUMMARY_NAME });
  if (row === undefined) return null;
  try {
    return profileSummary.parse(JSON.parse(row.level));
  } catch (error) {
    throw new SluiceError('DATA_MALFORMED', 'the profile’s summary of all columns together is not of this version', {
      cause: error,
      hint: 'Write the profile again with --save-profile.',
    });
  }
}
