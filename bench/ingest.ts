/**
 * CSV to Parquet, all eight tables: the ingest stage side by side with plain DuckDB and polars from Python on the same files.
 *
 *   node scripts/run-ts.mjs bench/ingest.ts [--scale 0.02] [--data DIR] [--python PATH]
 *
 * DIR is filled with synthetic CSVs of that scale where it has none, and kept; without it a temporary folder is. PATH is a Python
 * that has duckdb and polars; without one the peers are left out. Prints one JSON line an engine, then the ratios.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb, sqlString } from '../pipeline/index.ts';
import { runBody } from '../pipeline/testing/run-body.ts';
import run from '../stages/ingest/run.ts';
import { ingest } from '../stages/ingest/stage.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';

interface Measured {
  readonly engine: string;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
}

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '0.02' },
    data: { type: 'string' },
    python: { type: 'string' },
    threads: { type: 'string', default: '2' },
    worker: { type: 'boolean', default: false },
  },
});
const threads = Number(options.threads);
const dir = options.data ?? (await mkdtemp(join(tmpdir(), 'sluice-bench-ingest-')));

/** Writes the tables as CSV, as Kaggle does: a header, no quotes where none are needed, empty for null. */
async function makeCsv(): Promise<void> {
  await mkdir(dir, { recursive: true });
  if ((await readdir(dir)).some((name) => name.endsWith('.csv'))) return;
  using db = await DuckDb.open({ threads, memoryMb: 6000, tempDir: join(dir, 'spill') });
  const written = await generateSynthetic({ db, scale: Number(options.scale), seed: 42, outDir: dir });
  for (const [name, path] of Object.entries(written)) {
    await db.run(`copy (from read_parquet(${sqlString(path)})) to ${sqlString(join(dir, `${name}.csv`))} (format csv, header)`);
    await rm(path);
  }
}

/** In a process of its own, so that its memory and CPU are nobody else's. */
async function worker(): Promise<Measured> {
  const [started, before] = [performance.now(), process.resourceUsage()];
  const done = await runBody(ingest, run, {
    inputs: { raw: dir },
    config: { source: { kind: 'csv', dir } },
    threads,
    memoryMb: 3072,
  });
  const after = process.resourceUsage();
  const cpu = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
  await rm(join(done.outputs.application_train, '../..'), { recursive: true });
  return { engine: 'sluice', wallS: (performance.now() - started) / 1000, cpuS: cpu / 1e6, peakMb: after.maxRSS / 1024 };
}

function measure(command: string, args: readonly string[]): Promise<Measured | null> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('close', (code) => resolve(code === 0 ? (JSON.parse(text.trim().split('\n').at(-1) ?? 'null') as Measured) : null));
  });
}

async function compare(): Promise<void> {
  await makeCsv();
  const sizes = await Promise.all((await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size));
  process.stdout.write(`${JSON.stringify({ bench: 'ingest', csvMb: Math.round(sizes.reduce((a, b) => a + b, 0) / 1e6), threads })}\n`);
  const self = ['scripts/run-ts.mjs', 'bench/ingest.ts', '--worker', '--data', dir, '--threads', String(threads)];
  const own = await measure(process.execPath, self);
  if (own !== null) process.stdout.write(`${JSON.stringify(own)}\n`);
  for (const engine of options.python === undefined ? [] : ['duckdb', 'duckdb-sorted', 'polars']) {
    const peer = await measure(options.python ?? '', ['bench/ingest-peers.py', engine, dir, String(threads)]);
    if (peer === null || own === null) continue;
    const ratio = { cpu: own.cpuS / peer.cpuS, wall: own.wallS / peer.wallS, memory: own.peakMb / peer.peakMb };
    process.stdout.write(`${JSON.stringify({ ...peer, sluiceOverPeer: ratio })}\n`);
  }
  if (options.data === undefined) await rm(dir, { recursive: true });
}

if (options.worker) process.stdout.write(`${JSON.stringify(await worker())}\n`);
else await compare();
