/**
 * A sweep of trials, each with the metrics of every round, written to an MLflow server of its own: through the journal as `sluice` does it, beside
 * bare calls of log-batch with 1,000 points each on runs that are there already, the same calls from MLflow's Python client, and the same sweep from it.
 *
 *   npm run bench -- mlflow [--trials 20] [--rounds 200] [--metrics 10] [--repeats 5] [--python .venv/bin/python]
 *
 * Each measurement in a process of its own, in turns, and in another order each time; seconds from the first request to the last answer, CPU seconds of the
 * whole process, and of the server meanwhile. One JSON line a measurement, then one with the median over the repeats of what stands in each to the others:
 * `to_bare` (1.2 at most), `to_python` (1), `cpu_to_python` (0.2); `server_cpu_to_bare` is that of the server, which other load disturbs less. Like beside
 * like: `bare_to_python` the batches alone, `to_python_sweep` the whole sweep.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
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
  },
});
const points = Number(options.trials) * Number(options.rounds) * Number(options.metrics);
const repeats = Number(options.repeats);

const folder = await mkdtemp(join(process.cwd(), '.sluice', 'bench-mlflow-'));
try {
  await compare(await buildWriter(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
}
interface Entry extends Measured {
  /** CPU seconds of the server's processes; NaN but on Linux. */
  readonly serverCpu: number;
}

async function compare(writer: string): Promise<void> {
  await using server = await startTemporaryServer(process.cwd());
  const ways = ['bare', 'journal', 'python', 'python_sweep'];
  const repeated: Record<string, Entry>[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const found: Record<string, Entry> = {};
    for (const index of ways.keys()) {
      const way = ways[(index + repeat) % ways.length] ?? '';
      const before = await serverCpu(server);
      const measured = measure(way, writer, ['--uri', server.uri, '--salt', `${way}-${repeat}`]);
      found[way] = { ...measured, serverCpu: (await serverCpu(server)) - before };
      printLine({ bench: 'mlflow', way, points, ...found[way] });
    }
    repeated.push(found);
  }
  const usual = (of: (found: Record<string, Entry>) => number): number => Math.round(100 * median(repeated.map(of))) / 100;
  const ratio = (of: string, to: string, what: keyof Entry = 'seconds'): number =>
    usual((found) => (found[of]?.[what] ?? 0) / (found[to]?.[what] ?? 0));
  printLine({
    bench: 'mlflow',
    trials: Number(options.trials),
    rounds: Number(options.rounds),
    metrics: Number(options.metrics),
    repeats,
    points_per_second: Math.round(points / usual((found) => found['journal']?.seconds ?? 0)),
    to_bare: ratio('journal', 'bare'),
    to_python: ratio('journal', 'python'),
    bare_to_python: ratio('bare', 'python'),
    to_python_sweep: ratio('journal', 'python_sweep'),
    cpu_to_python: ratio('journal', 'python', 'cpu'),
    server_cpu_to_bare: ratio('journal', 'bare', 'serverCpu'),
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

function measure(way: string, writer: string, where: readonly string[]): Measured {
  const what = ['--way', way, '--trials', options.trials, '--rounds', options.rounds, '--metrics', options.metrics, ...where];
  const [command, program] = way.startsWith('python') ? [options.python, 'bench/mlflow/peer.py'] : [process.execPath, writer];
  return lastLineOf<Measured>(command, [program, ...what], { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' });
}

/** In modules that share chunks, as dist/ is built: what is imported later is a file of its own. @returns the program's path */
async function buildWriter(outdir: string): Promise<string> {
  await build({
    entryPoints: { writer: 'bench/mlflow/write-sweep.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return join(outdir, 'writer.mjs');
}
