import type { SegmentRows } from './read-segments.ts';
import { segmentDrift, type SegmentedPart } from './segment-drift.ts';
import type { SegmentResult } from './segments-schema.ts';

export type ScoredSegment = SegmentRows & Pick<SegmentedPart, 'probability' | 'calibrated'>;

/** Scores and approvals group by group, of the attributes that both parts have. @param threshold refused from this calibrated probability on; null: not known */
export function compareSegments(
  reference: readonly ScoredSegment[],
  current: readonly ScoredSegment[],
  threshold: number | null,
): SegmentResult[] {
  return reference.flatMap(({ attribute, groups, ...before }): SegmentResult[] => {
    const now = current.find((one) => one.attribute === attribute);
    return now === undefined ? [] : [segmentDrift({ attribute, groups, reference: before, current: now, threshold })];
  });
}
