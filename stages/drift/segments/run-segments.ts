import type { DuckDb } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { Part } from '../compare-parts.ts';
import { readSegments, readSegmentsAlike, type SegmentRows } from './read-segments.ts';
import { segmentDrift } from './segment-drift.ts';
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
  const scored = (probability: ArrayLike<number>) => ({ probability, calibrated: applyCalibrator(given.calibrator, probability) });
  const [reference, current] = [scored(given.reference), scored(given.current)];
  const segments = before.flatMap(({ attribute, groups, code }): SegmentResult[] => {
    const own = after.find((one) => one.attribute === attribute);
    if (own === undefined) return [];
    const sides = { reference: { ...reference, code }, current: { ...current, code: own.code } };
    return [segmentDrift({ attribute, groups, ...sides, threshold: given.threshold })];
  });
  return { segments: segments.length === 0 ? null : segments, rows: before };
}
