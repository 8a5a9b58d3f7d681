/**
 * All features of a whole book, from Parquet as ingest writes it to the feature table: seconds of wall and processor, peak memory.
 *
 *   npm run bench -- features-batch [--data DIR] [--scale 0.02] [--threads 2] [--at-once CLIENTS]
 *
 * Without DIR a synthetic book of that scale is made first; its making counts in the peak only. One JSON line; the target at scale 1 is 60 s
 * of wall on two cores and 4 GiB.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb, sqlString } from '../pipeline/index.ts';
import { buildInParts } from '../stages/features/build-in-parts.ts';
import { FAMILY_NAMES } from '../stages/features/family-names.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';
import { perTable } from '../stages/tables/per-table.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    scale: { type: 'string', default: '0.02' },
    threads: { type: 'string', default: '2' },
    'at-once': { type: 'string' },
  },
});
const spill = await mkdtemp(join(tmpdir(), 'sluice-bench-features-'));
const limits = { threads: Number(options.threads), memoryMb: 3072, tempDir: spill };
const paths = perTable((name) => join(options.data ?? spill, `${name}.parquet`));
if (options.data === undefined) {
  using making = await DuckDb.open(limits);
  await generateSynthetic({ db: making, scale: Number(options.scale), seed: 42, outDir: spill, paths });
}
const [started, before, peakBefore] = [performance.now(), process.cpuUsage(), process.resourceUsage().maxRSS];
const spent = (): { readonly wallS: number; readonly cpuS: number } => {
  const { user, system } = process.cpuUsage(before);
  return { wallS: Math.round((performance.now() - started) / 100) / 10, cpuS: Math.round((user + system) / 1e5) / 10 };
};
using db = await DuckDb.open(limits);
for (const name of TABLE_NAMES) await db.view(name, paths[name]);
const atOnce = options['at-once'];
const table = join(spill, 'features.parquet');
await buildInParts(db, {
  ...limits,
  paths,
  out: table,
  families: FAMILY_NAMES,
  onDomain: () => {},
  ...(atOnce === undefined ? {} : { clientsAtOnce: Number(atOnce) }),
});
const written = spent();
const { clients } = await db.one<{ clients: number }>(`select count(*) as clients from read_parquet(${sqlString(table)})`);
const mib = (kb: number): number => Math.round(kb / 1024);
process.stdout.write(
  `${JSON.stringify({ bench: 'features-batch', clients, threads: limits.threads, ...written, peakBeforeMiB: mib(peakBefore), peakMiB: mib(process.resourceUsage().maxRSS) })}\n`,
);
await rm(spill, { recursive: true });
