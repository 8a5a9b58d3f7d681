import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, type CommandRun, type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { judgeWaivers } from '../../gate/waivers.ts';
import { historyLine } from '../history-line.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { judgeDrift } from '../judge/judge-run.ts';
import { compareBatches } from './compare-batches.ts';
import { appendEntry, entriesBefore, readHistory } from './history.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { pathOf } from './path-of.ts';
import { readPolicy } from './policy.ts';
import { verdictText } from './verdict-text.ts';
import { writeOutputs } from './write-outputs.ts';

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
  const entryOf = (name: string): HistoryEntry | null => history.entries.find((entry) => entry.batch === name) ?? null;
  const compared = await withDatabase(context, (db, database) => compareBatches(db, { context, policy, entryOf, database }));
  if (compared === null || io.signal.aborted) return 0; // interrupted: the signal decides on the code
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

/** Null where it was interrupted. */
async function withDatabase<T>({ io }: CommandContext, work: (db: DuckDb, options: DatabaseOptions) => Promise<T>): Promise<T | null> {
  const tempDir = await mkdtemp(join(tmpdir(), 'sluice-drift-'));
  try {
    const options = { threads: availableParallelism(), tempDir };
    using db = await openDatabase(options);
    io.signal.addEventListener('abort', () => db.interrupt(), { once: true });
    return await work(db, options);
  } catch (error) {
    if (io.signal.aborted) return null;
    throw error;
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}
