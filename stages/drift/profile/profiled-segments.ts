import type { DuckDb } from '../../../pipeline/index.ts';
import { REST, type SegmentRows } from '../segments/read-segments.ts';
import scoresSql from './profile-segment-scores.sql';
import segmentsSql from './profile-segments.sql';
import { repeated } from './read-profile.ts';
import { SEGMENT_NAME } from './write-profile.ts';

export interface ProfiledSegment extends SegmentRows {
  /** One a row of `code`; NaN where there is none. */
  readonly probability: Float64Array;
}

/** Scores of the reference by attribute and group; empty where the profile has none. */
export async function profiledSegments(db: DuckDb): Promise<readonly ProfiledSegment[]> {
  const found = await db.all<{ attribute: string; group: string }>(segmentsSql, { name: SEGMENT_NAME });
  const attributes = [...new Set(found.map(({ attribute }) => attribute))];
  const segments: ProfiledSegment[] = [];
  for (const attribute of attributes) {
    const own = found.filter((row) => row.attribute === attribute).map(({ group }) => group);
    const groups = [...own.filter((group) => !REST.includes(group)), ...REST];
    const parts = [];
    for (const group of own) {
      const { number = new Float64Array(), count = new Float64Array() } = await db.doubles(scoresSql, {
        name: SEGMENT_NAME,
        attribute,
        group,
      });
      const probability = repeated(number, count);
      parts.push({ probability, code: new Float64Array(probability.length).fill(groups.indexOf(group)) });
    }
    segments.push({
      attribute,
      groups,
      probability: joined(parts.map((part) => part.probability)),
      code: joined(parts.map((part) => part.code)),
    });
  }
  return segments;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
