import { type DuckDb, sqlName, sqlString } from '../../../pipeline/index.ts';
import ageBandSql from '../../tables/age-band.sql';
import { type SegmentSource, segmentSources } from './segment-sources.ts';

/** The groups of one attribute, and of each row which of them it is in. */
export interface SegmentRows {
  readonly attribute: string;
  /** The most frequent of the reference first; "others" is last but one, "unknown" last. */
  readonly groups: readonly string[];
  /** Place in `groups`, one a row in the order of the scores. */
  readonly code: Float64Array;
}

export interface PartToGroup {
  readonly view: string;
  /** SQL that puts the rows in the order of their scores. */
  readonly order: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** Groups of an attribute that are told apart; the rest are others. */
const MOST = 10;
export const REST: readonly string[] = ['others', 'unknown'];

/** The reference's groups by each attribute that it has. @param named columns that a policy groups by */
export async function readSegments(db: DuckDb, part: PartToGroup, named: readonly string[] = []): Promise<readonly SegmentRows[]> {
  await db.run(ageBandSql);
  const found: SegmentRows[] = [];
  for (const source of segmentSources(part.columns, named)) {
    const { attribute, expression: x } = source;
    const levels = await db.all<{ level: string }>(
      `select ${x} as level, count(*) as n from ${sqlName(part.view)} where ${x} is not null group by level order by n desc, level limit ${MOST}`,
    );
    const groups = [...levels.map(({ level }) => level), ...REST];
    found.push({ attribute, groups, code: await codesOf(db, part, { source, groups }) });
  }
  return found;
}

/** The same groups in the current part; an attribute whose column it lacks is left out. */
export async function readSegmentsAlike(
  db: DuckDb,
  part: PartToGroup,
  reference: readonly Pick<SegmentRows, 'attribute' | 'groups'>[],
): Promise<readonly SegmentRows[]> {
  await db.run(ageBandSql);
  const named = reference.map(({ attribute }) => attribute).filter((attribute) => part.columns[attribute] !== undefined);
  const sources = segmentSources(part.columns, named);
  const found: SegmentRows[] = [];
  for (const { attribute, groups } of reference) {
    const source = sources.find((one) => one.attribute === attribute);
    if (source !== undefined) found.push({ attribute, groups, code: await codesOf(db, part, { source, groups }) });
  }
  return found;
}

async function codesOf(
  db: DuckDb,
  { view, order }: PartToGroup,
  { source: { expression: x }, groups }: { readonly source: SegmentSource; readonly groups: readonly string[] },
): Promise<Float64Array> {
  const [unknown, others] = [groups.length - 1, groups.length - 2];
  const levels = `[${groups.slice(0, others).map(sqlString).join(', ')}]::varchar[]`;
  const { code = new Float64Array() } = await db.doubles(
    `select case when ${x} is null then ${unknown} else coalesce(list_position(${levels}, ${x}) - 1, ${others}) end::double as code
     from ${sqlName(view)} order by ${order}`,
  );
  return code;
}
