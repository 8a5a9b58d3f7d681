/**
 * Writes docs/reference/synthetic.md: the generator's tables beside the published figures of the original.
 *
 *   node scripts/run-ts.mjs scripts/synthetic-page.ts [--scale 1] [--stats ../shared/data/home_credit_stats.json] [--out FILE]
 *
 * Without the figures it says so and leaves the page as it is. At scale 1 it takes minutes and 0.5 GB of temporary space.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb } from '../pipeline/index.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';
import { measureTable } from './synthetic/measure-table.ts';
import { publishedFigures } from './synthetic/published-figures.ts';
import { syntheticPage } from './synthetic/synthetic-page.ts';

const SEED = 42;
const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    stats: { type: 'string', default: '../shared/data/home_credit_stats.json' },
    out: { type: 'string', default: 'docs/reference/synthetic.md' },
  },
});

async function writePage(): Promise<void> {
  const scale = Number(options.scale);
  const published = publishedFigures(JSON.parse(await readFile(options.stats, 'utf8')));
  const dir = await mkdtemp(join(tmpdir(), 'sluice-synthetic-'));
  try {
    using db = await DuckDb.open({ threads: 2, memoryMb: 6000, tempDir: join(dir, 'spill') });
    const paths = await generateSynthetic({ db, scale, seed: SEED, outDir: dir });
    for (const name of TABLE_NAMES) await db.view(name, paths[name]);
    const tables = [];
    for (const name of TABLE_NAMES) tables.push(await measureTable(db, name, published[name]));
    await writeFile(options.out, syntheticPage({ scale, seed: SEED, tables }));
    process.stderr.write(`wrote ${options.out}\n`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

if (existsSync(options.stats)) await writePage();
else process.stderr.write(`${options.stats} is not there: ${options.out} stays as it is\n`);
