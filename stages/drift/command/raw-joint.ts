import { type DuckDb, type FloatMatrix, sqlName } from '../../../pipeline/index.ts';
import type { DriftColumn } from '../drift-schema.ts';
import { storageClass } from '../maths/column-kind.ts';
import type { JointResult } from '../outlook/outlook-schema.ts';
import { COMPONENT_COLUMNS, tellAgainst, tellApart } from '../outlook/tell-apart.ts';
import type { Components } from '../joint/reconstruction-error.ts';
import { readSummary } from '../profile/profile-summary.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../scan/scan-column.ts';
import { isNumber } from './is-number.ts';
import type { OpenedPart, OpenedParts } from './open-part.ts';

/** Rows of either part that are told apart: they give the AUC to a hundredth. */
const ROWS_TOLD = 10_000;
const TELLING_COLUMNS = 24;

export interface RawJointOptions {
  readonly ignore: readonly string[];
  readonly columns: readonly DriftColumn[];
  readonly projectDir: string;
}

export interface RawJoint {
  readonly joint: JointResult | null;
  /** Why there is none. */
  readonly reason?: string;
  /** Why there is no classifier, where there is the rest. */
  readonly noDomain?: string;
  /** For a profile of the reference. */
  readonly components: Components | null;
}

/**
 * All compared columns together, without a model: numbers as they are, texts as a number made of them, so that a tree can tell
 * levels apart. At most {@link ROWS_TOLD} or so of either part, chosen and put in order by what they hold: the order of rows in a
 * file does not matter, and rows that are alike are taken together.
 */
export async function rawJoint(db: DuckDb, { reference, current }: OpenedParts, options: RawJointOptions): Promise<RawJoint> {
  const names = options.columns
    .filter(({ name, skipReason, missing }) => !options.ignore.includes(name) && skipReason === null && missing.current < 1)
    .map(({ name }) => name)
    .toSorted();
  const none = (reason: string): RawJoint => ({ joint: null, reason, components: null });
  if (names.length === 0) return none('no column is compared');
  if (reference.form === 'profile') return againstProfile(db, current, names);
  // Both asked for at once, so that DuckDB has all it needs while this thread does something else.
  const [before, after] = await Promise.all([
    readMatrix(db, { view: REFERENCE_ROWS, part: reference, names }),
    readMatrix(db, { view: CURRENT_ROWS, part: current, names }),
  ]);
  const numbers = names.flatMap((name, column) => (isNumber(reference.columns[name] ?? '') ? [column] : []));
  const told = tellApart({
    reference: before,
    current: after,
    important: numbers.slice(0, COMPONENT_COLUMNS),
    threads: 2,
    projectDir: options.projectDir,
  });
  return told === null ? none('one of the two parts has too few rows') : { joint: told.joint, components: told.components };
}

async function againstProfile(db: DuckDb, current: OpenedPart, names: readonly string[]): Promise<RawJoint> {
  const reason = 'a profile holds no rows to tell apart';
  const components = (await readSummary(db))?.components ?? null;
  if (components === null) return { joint: null, reason, components };
  const matrix = await readMatrix(db, { view: CURRENT_ROWS, part: current, names });
  return { joint: tellAgainst(components.fitted, components.rows, matrix), noDomain: reason, components: null };
}

interface RawRows {
  readonly view: string;
  readonly part: OpenedPart;
  readonly names: readonly string[];
}

async function readMatrix(db: DuckDb, { view, part, names }: RawRows): Promise<FloatMatrix> {
  const values = names.map((name, at) => `${asNumber(name, part.columns[name] ?? '')} as c${at}`).join(', ');
  const all = names.map((_, at) => `c${at}`).join(', ');
  const every = Math.max(1, Math.floor(part.rows / ROWS_TOLD));
  // Rows are drawn before their values are turned to numbers; a few columns of fractions tell rows apart as well as all.
  const telling = names.filter((name) => storageClass(part.columns[name] ?? '') === 'float').slice(0, TELLING_COLUMNS);
  const drawing = (telling.length < TELLING_COLUMNS ? names : telling).map((name) => asNumber(name, part.columns[name] ?? '')).join(', ');
  const matrix = await db.wholeMatrix(
    `with hashed as (select hash(${drawing}) as drawn, * from ${sqlName(view)}),
     numbers as (select drawn, ${values} from hashed where drawn % ${every} = 0)
     select ${all} from numbers order by drawn, ${all}`,
  );
  return { ...matrix, columns: names };
}

/** Never infinite, missing beyond what a single precision holds; a text becomes one of 65,536 numbers, which a single precision holds exactly. */
function asNumber(name: string, type: string): string {
  const x = sqlName(name);
  const storage = storageClass(type);
  if (isNumber(type)) return `case when isfinite(${x}::double) then try_cast(${x} as float) end`;
  return storage === 'boolean' ? `${x}::tinyint::float` : `(hash(${x}::varchar) % 65536)::float`;
}
