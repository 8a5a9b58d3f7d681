import type { DuckDb } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { Part } from '../compare-parts.ts';
import { compareSegments, type ScoredSegment } from './compare-segments.ts';
import { readSegments, readSegmentsAlike, type SegmentRows } from './read-segments.ts';
import partsSql from './segment-parts.sql';
import type { SegmentResult } from './segments-schema.ts';

export interface RunSegments {
  readonly segments: SegmentResult[] | null;
  /** Of the reference, for the profile. */
  readonly rows: readonly SegmentRows[];
}

/** Scores and approvals of a run by group of applicants. Needs the views holdout_features and current_features. */
export async function runSegments(
  db: DuckDb,
  parts: { readonly reference: Part; readonly current: Part },
  given: {
    readonly reference: ArrayLike<number>;
    readonly current: ArrayLike<number>;
    readonly calibrator: Calibrator;
    readonly threshold: number;
  },
): Promise<RunSegments> {
  await db.view('ingested_reference', parts.reference.path);
  await db.view('ingested_current', parts.current.path);
  await db.run(partsSql);
  const order = 'SK_ID_CURR';
  const before = await readSegments(db, { view: 'segment_reference', order, columns: parts.reference.columns });
  const after = await readSegmentsAlike(db, { view: 'segment_current', order, columns: parts.current.columns }, before);
  const scored = (segments: readonly SegmentRows[], probability: ArrayLike<number>): readonly ScoredSegment[] => {
    const calibrated = applyCalibrator(given.calibrator, probability);
    return segments.map((own) => ({ ...own, probability, calibrated }));
  };
  const segments = compareSegments(scored(before, given.reference), scored(after, given.current), given.threshold);
  return { segments: segments.length === 0 ? null : segments, rows: before };
}
