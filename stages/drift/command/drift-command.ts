import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CommandContext, type CommandRun, DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { judgeWaivers } from '../../gate/waivers.ts';
import { compareViews, datasetDrift, NOT_COMPARED } from '../compare-parts.ts';
import type { DriftResult } from '../drift-schema.ts';
import { historyLine } from '../history-line.ts';
import { judgeDrift } from '../judge/judge-run.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../scan/scan-column.ts';
import { appendEntry, entriesBefore, readHistory } from './history.ts';
import { openPart, type OpenedPart } from './open-part.ts';
import { type DriftPolicy, readPolicy } from './policy.ts';
import { scoreParts } from './score-parts.ts';
import { settleTypes } from './settle-types.ts';
import { verdictText } from './verdict-text.ts';
import { writeOutputs } from './write-outputs.ts';

const MEMORY_MB = 1500;

export const command: CommandRun = async (context) => {
  const { args, io } = context;
  const policy = readPolicy(pathOf(context, 'policy'));
  const { act } = policy.confirm;
  const historyFile = pathOf(context, 'history');
  if (act > 1 && historyFile === undefined)
    throw new SluiceError('USAGE', `the policy acts only after ${act} batches, but no history is named`, {
      hint: 'Add --history FILE: one line a batch is kept there.',
    });
  const history = historyFile === undefined ? { entries: [], torn: false } : await readHistory(historyFile);
  const compared = await withDatabase(context, (db) => compareBatches(db, context, policy));
  if (compared === null) return 0; // interrupted: the signal decides on the code
  const batch = args.text('batch') ?? compared.result.current.name;
  const before = entriesBefore(history, batch);
  const today = new Date().toISOString().slice(0, 10);
  const { result, decision } = judgeDrift(compared.result, {
    batch,
    before,
    waivers: judgeWaivers(policy.waivers, today, compared.modelSha256 ?? ''),
    confirm: policy.confirm,
    failOn: args.text('fail-on') === 'watch' ? 'watch' : 'act',
    minRows: policy.minRows,
    limits: policy.limits,
  });
  const entry = historyLine(batch, result, decision);
  if (historyFile !== undefined) await appendEntry(historyFile, history, entry);
  const written = await writeOutputs(result, {
    out: pathOf(context, 'out'),
    junit: pathOf(context, 'junit'),
    markdown: pathOf(context, 'markdown'),
    page: {
      threshold: compared.threshold,
      modelSha256: compared.modelSha256,
      minRows: policy.minRows,
      limits: policy.limits,
      isRun: false,
      language: args.text('lang') === 'fr' ? 'fr' : 'en',
    },
  });
  if (args.flag('json')) io.out(`${JSON.stringify(result)}\n`);
  io.say(verdictText(result, written));
  return decision.exit;
};

interface Compared {
  readonly result: DriftResult;
  readonly modelSha256: string | null;
  readonly threshold: number | null;
}

async function compareBatches(db: DuckDb, context: CommandContext, policy: DriftPolicy): Promise<Compared> {
  const { args, io } = context;
  const opened = {
    reference: await openPart(db, requiredPath(context, 'reference'), { as: REFERENCE_ROWS, side: 'reference' }),
    current: await openPart(db, requiredPath(context, 'current'), { as: CURRENT_ROWS, side: 'current' }),
  };
  const parts = await settleTypes(db, opened);
  const scored = await scoreParts(db, { context, parts, threshold: policy.threshold ?? null });
  const mode = args.text('mode') === '0.4' ? '0.4' : '0.7';
  const ignore = [...NOT_COMPARED, ...args.list('ignore'), ...scored.columns];
  const columns = await compareViews(db, parts, { mode, ignore, signal: io.signal });
  const evidently = datasetDrift(columns, { mode, driftShare: policy.driftShare });
  const result: DriftResult = {
    schema: 'drift/1',
    reference: described(parts.reference),
    current: described(parts.current),
    verdict: { status: 'ok', reasons: [] },
    evidently,
    columns,
    score: scored.score,
  };
  return { result, modelSha256: scored.modelSha256, threshold: scored.threshold };
}

/** Null where it was interrupted. */
async function withDatabase<T>({ io }: CommandContext, work: (db: DuckDb) => Promise<T>): Promise<T | null> {
  const tempDir = await mkdtemp(join(tmpdir(), 'sluice-drift-'));
  try {
    using db = await DuckDb.open({ threads: availableParallelism(), memoryMb: MEMORY_MB, tempDir });
    io.signal.addEventListener('abort', () => db.interrupt(), { once: true });
    return await work(db);
  } catch (error) {
    if (io.signal.aborted) return null;
    throw error;
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}

function described({ name, rows, sha256 }: OpenedPart): DriftResult['reference'] {
  return { name, rows, sha256 };
}

function pathOf({ args, io }: CommandContext, option: string): string | undefined {
  const text = args.text(option);
  return text === undefined ? undefined : resolve(io.cwd, text);
}

function requiredPath(context: CommandContext, option: string): string {
  const path = pathOf(context, option);
  if (path !== undefined) return path;
  throw new SluiceError('USAGE', `"drift" needs --${option} PATH: a Parquet or CSV file, or a folder of them`, {
    hint: 'For example: sluice drift --reference train.parquet --current 2026-11.parquet',
  });
}
