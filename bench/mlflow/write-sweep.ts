/** One measurement of mlflow.ts in a process of its own: `bare` or `journal` against the server at `--uri`. Prints seconds of the writing and CPU seconds of the process. */
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
import { printLine } from '../json-line.ts';

const text = { type: 'string', default: '' } as const;
const { values: options } = parseArgs({ options: { way: text, trials: text, rounds: text, metrics: text, uri: text, salt: text } });
const [trials, metrics] = [Number(options.trials), Number(options.metrics)];
/** Points of one trial. */
const pointsEach = Number(options.rounds) * metrics;
const BATCH = 1000;

const seconds = options.way === 'bare' ? await bare() : await journal();
const { user, system } = process.cpuUsage();
printLine({ seconds, cpu: (user + system) / 1e6 });

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
