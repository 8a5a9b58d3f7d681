import { createHash } from 'node:crypto';
import type { CommandContext, DuckDb } from '../../../pipeline/index.ts';
import { datasetDrift, NOT_COMPARED } from '../compare-parts.ts';
import { judgeColumn } from '../compare-column.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';
import type { HistoryEntry } from '../history-schema.ts';
import type { EvidentlyMode } from '../maths/distinct-table.ts';
import { settleRealised } from '../realised/settle-realised.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../scan/scan-column.ts';
import { columnsAndScores } from './beside/columns-and-scores.ts';
import type { DatabaseOptions } from './open-database.ts';
import { openPart, type OpenedPart } from './open-part.ts';
import { pathOf, requiredPath } from './path-of.ts';
import type { DriftPolicy } from './policy.ts';
import { componentsOf } from '../profile/components-of.ts';
import { rawJoint } from './raw-joint.ts';
import { requireIgnored } from './require-ignored.ts';
import { saveProfile } from './save-profile.ts';
import { targetColumn } from './scoring/labels.ts';
import type { Scoring } from './scoring/scored-parts.ts';
import { scoreParts } from './scoring/score-parts.ts';
import { settleTypes } from './settle-types.ts';

export interface Compared {
  /** Not judged yet. */
  readonly result: DriftResult;
  readonly modelSha256: string | null;
  readonly threshold: number | null;
}

export interface BatchOptions {
  readonly context: CommandContext;
  readonly policy: DriftPolicy;
  /** What the history said of a batch of this name when it came first. */
  readonly entryOf: (batch: string) => HistoryEntry | null;
  /** How a second database is to be opened. */
  readonly database: DatabaseOptions;
}

/** Opens both parts and compares columns, scores and what follows from them. */
export async function compareBatches(db: DuckDb, { context, policy, entryOf, database }: BatchOptions): Promise<Compared> {
  const { args } = context;
  const opened = {
    reference: await openPart(db, requiredPath(context, 'reference'), { as: REFERENCE_ROWS, side: 'reference' }),
    current: await openPart(db, requiredPath(context, 'current'), { as: CURRENT_ROWS, side: 'current' }),
  };
  const [asked, target] = [args.list('ignore'), targetColumn({ context })];
  await requireIgnored(
    db,
    opened,
    asked.filter((name) => name !== target),
  );
  const parts = await settleTypes(db, opened);
  const entry = entryOf(args.text('batch') ?? parts.current.name);
  const scoring = await scoreParts(db, { context, parts, policy, entry, processors: database.threads });
  const mode = args.text('mode') === '0.4' ? '0.4' : '0.7';
  const ignore = [...NOT_COMPARED, target, ...asked, ...scoring.columns];
  const { columns: compared, soFar } = await columnsAndScores(db, { context, parts, scoring, database, compare: { mode, ignore } });
  const columns = [...compared, ...absentColumns(scoring, compared, mode)];
  const isAsked = args.text('model') === undefined && !args.flag('columns-only');
  const joining = isAsked ? rawJoint(db, parts, { ignore, columns, projectDir: context.projectDir }) : Promise.resolve(null);
  const [raw, scored] = await meanwhile(joining, () => soFar.finish?.() ?? soFar);
  const { score, estimate, shift, importance, realised, segments, unknown } = scored;
  const result: DriftResult = {
    schema: 'drift/1',
    reference: await described(parts.reference),
    current: await described(parts.current),
    model: score === null ? null : { sha256: scored.modelSha256, threshold: scored.threshold },
    policySha256: createHash('sha256').update(JSON.stringify(policy)).digest('hex'),
    verdict: { status: 'ok', reasons: [] },
    evidently: datasetDrift(columns, { mode, driftShare: policy.driftShare }),
    columns,
    score,
    estimate,
    shift,
    importance,
    joint: scored.joint ?? raw?.joint ?? null,
    realised,
    segments,
    unknown: {
      // What is known has no reason to tell.
      ...Object.fromEntries(Object.entries(unknown).filter(([, reason]) => reason !== '')),
      ...(args.flag('columns-only') && args.text('model') === undefined ? { joint: 'left out by --columns-only' } : {}),
      ...(raw?.reason === undefined ? {} : { joint: raw.reason }),
      ...(raw?.noDomain === undefined ? {} : { domain: raw.noDomain }),
    },
    ...(policy.money === undefined ? {} : { money: policy.money }),
  };
  const profile = pathOf(context, 'save-profile');
  if (profile !== undefined) {
    const summary = scored.reference?.summary ?? { modelSha256: null, kept: null, components: componentsOf(raw) };
    await saveProfile(db, { part: parts.reference, ignore, scored, summary }, profile);
  }
  return { result: settleRealised(result), modelSha256: scored.modelSha256, threshold: scored.threshold };
}

/** Works while DuckDB reads. The reading is over in any case: whoever closes the database must find it at rest. */
async function meanwhile<T, U>(reading: Promise<T>, work: () => U): Promise<readonly [T, U]> {
  try {
    const done = work();
    return [await reading, done];
  } finally {
    await Promise.allSettled([reading]);
  }
}

/** Those that the model needs and nobody compared. */
function absentColumns({ absent = [] }: Scoring, compared: readonly DriftColumn[], mode: EvidentlyMode): DriftColumn[] {
  const told = new Set(compared.map(({ name }) => name));
  return absent
    .filter((name) => !told.has(name))
    .map((name) => judgeColumn({ pair: { name, reference: null, current: null }, skipReason: 'absent from the current part' }, mode));
}

async function described({ name, rows, sha256 }: OpenedPart): Promise<DriftResult['reference']> {
  return { name, rows, sha256: await sha256 };
}
