/**
 * A sweep of trials, each with the metrics of every round, written to an MLflow server of its own: through the journal as `sluice` does it, beside
 * bare calls of log-batch with 1,000 points each on runs that are there already, and the same calls from MLflow's Python client.
 *
 *   npm run bench -- mlflow [--trials 20] [--rounds 200] [--metrics 10] [--repeats 3] [--python .venv/bin/python]
 *
 * Each measurement in a process of its own, in turns; seconds from the first request to the last answer, CPU seconds of the whole process. One JSON line
 * a measurement, then one with ratios of medians: `to_bare` (1.2 at most), `to_python` (1), `cpu_to_python` (0.2).
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeOperations } from '../../pipeline/tracking/journal/journal.ts';
import type { Operation } from '../../pipeline/tracking/journal/operation.ts';
import { sendJournal } from '../../pipeline/tracking/journal/send-journal.ts';
import { mlflowTracker } from '../../pipeline/tracking/mlflow/apply/mlflow-tracker.ts';
import { connectMlflow, createRun, ensureExperiment, logBatch } from '../../pipeline/tracking/mlflow/client/index.ts';
import { startTemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import { lastLineOf, printLine } from '../json-line.ts';
import { median } from '../median.ts';

const { values: options } = parseArgs({
  options: {
    trials: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '200' },
    metrics: { type: 'string', default: '10' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: join('.venv', 'bin', 'python') },
    worker: { type: 'string' },
    uri: { type: 'string', default: '' },
    salt: { type: 'string', default: '' },
  },
});
const [trials, rounds] = [Number(options.trials), Number(options.rounds)];
const [metrics, repeats] = [Number(options.metrics), Number(options.repeats)];
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

async function compare(): Promise<void> {
  await using server = await startTemporaryServer(process.cwd());
  const found: Record<string, Measured[]> = { bare: [], journal: [], python: [] };
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [way, list] of Object.entries(found)) {
      const measured = measure(way, server.uri, `${way}-${repeat}`);
      list.push(measured);
      printLine({ bench: 'mlflow', way, points: trials * rounds * metrics, ...measured });
    }
  }
  const usual = (way: string, what: keyof Measured): number => median((found[way] ?? []).map((one) => one[what]));
  const ratio = (to: string, what: keyof Measured): number => Math.round((100 * usual('journal', what)) / usual(to, what)) / 100;
  printLine({
    bench: 'mlflow',
    trials,
    rounds,
    metrics,
    points_per_second: Math.round((trials * rounds * metrics) / usual('journal', 'seconds')),
    to_bare: ratio('bare', 'seconds'),
    to_python: ratio('python', 'seconds'),
    cpu_to_python: ratio('python', 'cpu'),
  });
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
  return Array.from({ length: rounds * metrics }, (_, index) => {
    const [step, metric] = [Math.floor(index / metrics), index % metrics];
    return { name: `metric_${metric}`, value: 1 / (1 + step + metric + trial), step };
  });
}
