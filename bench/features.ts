/**
 * Sixteen aggregates by client, values checked equal before a time is printed: Sluice's feature SQL (exact sums; the columns that nobody
 * asks for are pruned) side by side with pandas, polars and plain DuckDB from Python. features-aggregates.sql states them.
 *
 *   npm run bench -- features --python PATH [--data DIR] [--scale 0.05] [--threads 2]
 *
 * DIR holds Parquet files as ingest writes them; without it, synthetic ones are made. PATH is a Python with pandas, pyarrow, polars, duckdb.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb, sqlName, sqlString } from '../pipeline/index.ts';
import { cleanedRows, coreQueries, preparation } from '../stages/features/feature-queries.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';
import { lastLineOf, printLine } from './json-line.ts';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    data: { type: 'string' },
    scale: { type: 'string', default: '0.05' },
    threads: { type: 'string', default: '2' },
    worker: { type: 'string' },
  },
});
const threads = Number(options.threads);

interface Measured {
  readonly engine: string;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
}

/** In a process of its own, so that its memory and CPU are nobody else's. */
async function worker(data: string, out: string): Promise<Measured> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  using db = await DuckDb.open({ threads, memoryMb: 3072, tempDir: tmpdir() });
  for (const name of TABLE_NAMES) await db.view(name, join(data, `${name}.parquet`));
  for (const statement of preparation) await db.run(statement);
  for (const { table, query } of cleanedRows) if (table === 'installment_rows') await db.run(`create temp view ${table} as ${query}`);
  const groups = ['bureau', 'previous_application', 'installments'] as const;
  for (const group of groups) await db.run(`create temp view ${sqlName(`${group}_features`)} as ${coreQueries[group]}`);
  const columns = COLUMNS.map((column) => `${column}::double as ${column}`).join(', ');
  const joins = groups.map((group) => `left join ${group}_features using (SK_ID_CURR)`).join(' ');
  await db.copyToParquet(`select SK_ID_CURR, ${columns} from application ${joins} order by SK_ID_CURR`, out);
  const used = process.cpuUsage(before);
  return {
    engine: 'sluice',
    wallS: (performance.now() - started) / 1000,
    cpuS: (used.user + used.system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

const COLUMNS =
  `bureau_count bureau_opened_mean bureau_credit_max bureau_credit_mean bureau_debt_max bureau_active_opened_max previous_count
  previous_annuity_max previous_annuity_mean previous_credit_mean previous_approved_credit_mean inst_count inst_late_max inst_late_mean
  inst_owed_max inst_last365_late_max`.split(/\s+/);

/** Cells that differ by more than 1e-9 relative, or are null on one side only. */
async function different(left: string, right: string): Promise<number> {
  using db = await DuckDb.open({ threads, memoryMb: 1024, tempDir: tmpdir() });
  const cells = COLUMNS.map(
    (name) =>
      `count(case when (a.${name} is null) <> (b.${name} is null) or abs(a.${name} - b.${name}) > 1e-9 * greatest(1, abs(a.${name})) then 1 end)`,
  );
  const { cells: count } = await db.one<{ cells: number }>(
    `select ${cells.join(' + ')} + count(case when a.SK_ID_CURR is null or b.SK_ID_CURR is null then 1 end) as cells
     from read_parquet(${sqlString(left)}) a full join read_parquet(${sqlString(right)}) b on a.SK_ID_CURR = b.SK_ID_CURR`,
  );
  return count;
}

async function compare(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-bench-features-'));
  const data = options.data ?? dir;
  if (options.data === undefined) {
    using db = await DuckDb.open({ threads, memoryMb: 3072, tempDir: dir });
    await generateSynthetic({ db, scale: Number(options.scale), seed: 42, outDir: dir });
  }
  const out = (engine: string): string => join(dir, `out-${engine}.parquet`);
  const self = ['scripts/run-ts.mjs', 'bench/features.ts', '--data', data, '--threads', String(threads), '--worker', out('sluice')];
  const own = lastLineOf<Measured>(process.execPath, self);
  printLine({ bench: 'features', aggregates: COLUMNS.length, threads, ...own });
  for (const engine of ['duckdb', 'polars', 'pandas']) {
    const args = ['bench/features-peers.py', engine, data, String(threads), out(engine), 'bench/features-aggregates.sql'];
    const peer = lastLineOf<Measured>(options.python, args);
    const differentCells = await different(out('sluice'), out(engine));
    const sluiceOverPeer = { cpu: own.cpuS / peer.cpuS, wall: own.wallS / peer.wallS, memory: own.peakMb / peer.peakMb };
    printLine({ ...peer, differentCells, ...(differentCells === 0 ? { sluiceOverPeer } : {}) });
  }
  await rm(dir, { recursive: true });
}

if (options.worker === undefined) await compare();
else printLine(await worker(options.data ?? '', options.worker));
