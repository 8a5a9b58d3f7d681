/**
 * A sweep of trials, each with the metrics of every round, written to an MLflow server of its own: through the journal as `sluice` does it, beside
 * bare calls of log-batch with 1,000 points each on runs that are there already, and the same calls from MLflow's Python client.
 *
 *   npm run bench -- mlflow [--trials 20] [--rounds 200] [--metrics 10] [--repeats 5] [--python .venv/bin/python]
 *
 * Each measurement in a process of its own, in turns, and in another order each time; seconds from the first request to the last answer, CPU seconds of the
 * whole process, and of the server meanwhile. One JSON line a measurement, then one with the median over the repeats of what stands in each to the others:
 * `to_bare` (1.2 at most), `to_python` (1), `cpu_to_python` (0.2); `server_cpu_to_bare` is that of the server, which other load disturbs less.
 */
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeOperations } from '../../pipeline/tracking/journal/journal.ts';
import type { Operation } from '../../pipeline/tracking/journal/operation.ts';
import { sendJournal } from '../../pipeline/tracking/journal/send-journal.ts';
import { mlflowTracker } from '../../pipeline/tracking/mlflow/apply/mlflow-tracker.ts';
import { connectMlflow, createRun, ensureExperiment, logBatch } from '../../pipeline/tracking/mlflow/client/index.ts';
import { processGroup } from '../../pipeline/tracking/process/process-identity.ts';
import { startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import { lastLineOf, printLine } from '../json-line.ts';
import { median } from '../median.ts';

const { values: options } = parseArgs({
  options: {
    trials: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '200' },
    metrics: { type: 'string', default: '10' },
    repeats: { type: 'string', default: '5' },
    python: { type: 'string', default: join('.venv', 'bin', 'python') },
    worker: { type: 'string' },
    uri: { type: 'string', default: '' },
    salt: { type: 'string', default: '' },
  },
});
const [trials, metrics, repeats] = [Number(options.trials), Number(options.metrics), Number(options.repeats)];
/** Points of one trial. */
const pointsEach = Number(options.rounds) * metrics;
const BATCH = 1000;

if (options.worker === undefined) await compare();
else {
  const seconds = options.worker === 'bare' ? await bare() : await journal();
  const { user, system } = process.cpuUsage();
  printLine({ seconds, cpu: (user + system) / 1e6 });
}

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
}
interface Entry extends Measured {
  /** CPU seconds of the server's processes; NaN but on Linux. */
  readonly serverCpu: number;
}

async function compare(): Promise<void> {
  await using server = await startTemporaryServer(process.cwd());
  const ways = ['bare', 'journal', 'python'];
  const rounds: Record<string, Entry>[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const found: Record<string, Entry> = {};
    for (const index of ways.keys()) {
      const way = ways[(index + repeat) % ways.length] ?? '';
      const before = await serverCpu(server);
      const measured = measure(way, server.uri, `${way}-${repeat}`);
      found[way] = { ...measured, serverCpu: (await serverCpu(server)) - before };
      printLine({ bench: 'mlflow', way, points: trials * pointsEach, ...found[way] });
    }
    rounds.push(found);
  }
  const usual = (of: (found: Record<string, Entry>) => number): number => Math.round(100 * median(rounds.map(of))) / 100;
  const ratio = (to: string, what: keyof Entry): number => usual((found) => (found['journal']?.[what] ?? 0) / (found[to]?.[what] ?? 0));
  printLine({
    bench: 'mlflow',
    trials,
    rounds: Number(options.rounds),
    metrics,
    repeats,
    points_per_second: Math.round((trials * pointsEach) / usual((found) => found['journal']?.seconds ?? 0)),
    to_bare: ratio('bare', 'seconds'),
    to_python: ratio('python', 'seconds'),
    cpu_to_python: ratio('python', 'cpu'),
    server_cpu_to_bare: ratio('bare', 'serverCpu'),
  });
}

async function serverCpu({ artifactsDir }: TemporaryServer): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const { pgid } = JSON.parse(await readFile(join(artifactsDir, 'mlflow', 'server.json'), 'utf8')) as { readonly pgid: number };
  let ticks = 0;
  for (const { pid } of await processGroup(pgid)) {
    const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
    ticks += user + system;
  }
  return ticks / 100; // clock ticks
}

function measure(way: string, uri: string, salt: string): Measured {
  const sizes = ['--trials', options.trials, '--rounds', options.rounds, '--metrics', options.metrics, '--uri', uri, '--salt', salt];
  const [command, args] =
    way === 'python'
      ? [options.python, ['bench/mlflow/peer.py', ...sizes]]
      : [process.execPath, [...process.execArgv, process.argv[1] ?? '', '--worker', way, ...sizes]];
  return lastLineOf<Measured>(command, args);
}

/** Runs are there; nothing but the batches is timed. */
async function bare(): Promise<number> {
  const connection = connectMlflow(options.uri, { env: {} });
  const experimentId = await ensureExperiment(connection, options.salt);
  const startTime = Date.now();
  const runs: string[] = [];
  for (let trial = 0; trial < trials; trial++)
    runs.push((await createRun(connection, { experimentId, name: `trial ${trial}`, user: 'bench', startTime, tags: {} })).runId);
  const batches = runs.map((_, trial) =>
    pointsOf(trial).map(({ name, value, step }) => ({ key: name, value, step, timestamp: startTime })),
  );
  const from = performance.now();
  for (const [index, runId] of runs.entries()) {
    const points = batches[index] ?? [];
    for (let at = 0; at < points.length; at += BATCH) await logBatch(connection, runId, { metrics: points.slice(at, at + BATCH) });
  }
  return (performance.now() - from) / 1000;
}

/** As `sluice run` writes it: to the journal first, then a parent with a child for each trial. */
async function journal(): Promise<number> {
  const outbox = join(await mkdtemp(join(tmpdir(), 'sluice-bench-mlflow-')), 'outbox');
  await mkdir(outbox, { recursive: true });
  const children = Array.from({ length: trials }, (_, trial): Operation => ({
    kind: 'run.child',
    token: `${options.salt}:${trial}`,
    name: `trial ${trial}`,
    user: 'bench',
    params: { eta: String(0.01 * trial), trial: String(trial) },
    tags: { 'sluice.trial': String(trial) },
    points: pointsOf(trial),
  }));
  const from = performance.now();
  const written = await writeOperations(outbox, {
    key: options.salt,
    title: 'a sweep',
    operations: [
      { kind: 'experiment.ensure', name: options.salt },
      { kind: 'run.create', token: options.salt, name: 'a sweep', user: 'bench', startTime: Date.now() },
      ...children,
      { kind: 'run.finish', endTime: Date.now() },
    ],
  });
  await sendJournal(
    written,
    mlflowTracker(connectMlflow(options.uri, { env: {} }), () => {}),
  );
  return (performance.now() - from) / 1000;
}

function pointsOf(trial: number): { name: string; value: number; step: number }[] {
  return Array.from({ length: pointsEach }, (_, index) => {
    const [step, metric] = [Math.floor(index / metrics), index % metrics];
    return { name: `metric_${metric}`, value: 1 / (1 + step + metric + trial), step };
  });
}
