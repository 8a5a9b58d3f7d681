import type { DuckDb } from '../../../../pipeline/index.ts';
import { profiledSegments } from '../../profile/profiled-segments.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../scan/scan-column.ts';
import { compareSegments } from '../../segments/compare-segments.ts';
import { readSegments, readSegmentsAlike, type SegmentRows } from '../../segments/read-segments.ts';
import type { SegmentResult } from '../../segments/segments-schema.ts';
import type { ScoreOptions } from './score-parts.ts';

export interface SegmentsToScore {
  /** The model's own probabilities, in the order that `order` gives the rows. */
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
  /** SQL; the reference's and the current part's rows are put in order by it. */
  readonly order: string;
  readonly calibrated: (probability: ArrayLike<number>) => ArrayLike<number>;
  readonly threshold: number | null;
}

export interface ScoredSegments {
  readonly segments: SegmentResult[] | null;
  /** Of the reference, for a profile. */
  readonly rows: readonly SegmentRows[];
  /** Why there are none. */
  readonly reason?: string;
}

/** Scores and approvals by group, of rows or against what a profile holds of them. @throws SluiceError USAGE for a column to group by that is not there */
export async function scoreSegments(db: DuckDb, { parts, policy }: ScoreOptions, given: SegmentsToScore): Promise<ScoredSegments> {
  const { order, calibrated, threshold } = given;
  const isProfile = parts.reference.form === 'profile';
  const before: readonly (SegmentRows & { readonly probability: ArrayLike<number> })[] = isProfile
    ? await profiledSegments(db)
    : (await readSegments(db, { view: REFERENCE_ROWS, order, columns: parts.reference.columns }, policy.segments)).map((own) => ({
        ...own,
        probability: given.reference,
      }));
  const after = await readSegmentsAlike(db, { view: CURRENT_ROWS, order, columns: parts.current.columns }, before);
  const now = { probability: given.current, calibrated: calibrated(given.current) };
  const segments = compareSegments(
    before.map((own) => ({ ...own, calibrated: calibrated(own.probability) })),
    after.map((own) => ({ ...own, ...now })),
    threshold,
  );
  if (segments.length > 0) return { segments, rows: before };
  return { segments: null, rows: before, reason: isProfile ? 'the profile holds no groups' : 'no column groups the applicants' };
}
