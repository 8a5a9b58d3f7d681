/**
 * What the fitted columns cost on a synthetic book.
 *
 *   npm run bench -- fitted-features [SCALE] [DIR] [FAMILY]
 *
 * DIR holds Parquet files as ingest writes them ('' for synthetic ones), FAMILY is the only one to make. Prints a JSON line: seconds of wall
 * and processor and peak MiB of the stage's body, without ingest and without features (it is given a feature table of the few columns that
 * it reads). The target is 300 s on two cores at scale 1.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DuckDb } from '../pipeline/index.ts';
import { jsonArtifact, runBody } from '../pipeline/testing/run-body.ts';
import { preparation } from '../stages/features/feature-queries.ts';
import run from '../stages/encode/run.ts';
import { FITTED_FAMILIES } from '../stages/encode/family-names.ts';
import { encode } from '../stages/encode/stage.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';
import { perTable } from '../stages/tables/per-table.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';

const [scale = '0.02', folder = '', only = ''] = process.argv.slice(2);
const dir = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
const raw = perTable((name) => join(folder === '' ? dir : folder, `${name}.parquet`));
const path = (name: string): string => join(dir, `${name}.parquet`);

/** The columns that encode reads of a feature table, and a fold by client: −1 for a fifth, the holdout. */
const FEATURES = `select
    SK_ID_CURR, TARGET, part, EXT_SOURCE_1::float as ext_1, EXT_SOURCE_2::float as ext_2, EXT_SOURCE_3::float as ext_3,
    list_avg([EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3])::float as ext_mean, AMT_INCOME_TOTAL::float as income,
    (AMT_CREDIT / nullif(AMT_ANNUITY, 0))::float as loan_term_months, AMT_CREDIT::float as loan_credit, AMT_ANNUITY::float as loan_annuity,
    case when part = 'train' then (hash(SK_ID_CURR) % 5)::integer - 1 end as dealt
  from application`;

{
  using db = await DuckDb.open({ threads: 2, memoryMb: 4096, tempDir: dir });
  if (folder === '') await generateSynthetic({ db, scale: Number(scale), seed: 42, outDir: dir, paths: raw, progress: () => {} });
  for (const name of TABLE_NAMES) await db.view(name, raw[name]);
  for (const statement of preparation) await db.run(statement);
  await db.run(`create table featured as ${FEATURES}`);
  await db.copyToParquet('select * exclude (dealt) from featured order by SK_ID_CURR', path('table'));
  const dealt = `select * exclude (dealt), (case when dealt = -1 then -1 else hash(SK_ID_CURR, 1) % 5 end)::tinyint as fold from featured where dealt is not null`;
  await db.copyToParquet(`from (${dealt}) where fold >= 0 order by SK_ID_CURR`, path('development'));
  await db.copyToParquet(`select * exclude (fold) from (${dealt}) where fold = -1 order by SK_ID_CURR`, path('holdout'));
}

const inputs = {
  ...raw,
  table: path('table'),
  development: path('development'),
  holdout: path('holdout'),
  catalogue: await jsonArtifact([]),
};
const without = only === '' ? [] : FITTED_FAMILIES.filter((family) => family !== only);
// What making the book took: of a peak that is no higher, the stage's own is not known. Hand in a folder then.
const peakBefore = process.resourceUsage().maxRSS;
const [wall, cpu] = [performance.now(), process.cpuUsage()];
await runBody(encode, run, { inputs, params: { without }, threads: 2, memoryMb: 4096 });
const spent = process.cpuUsage(cpu);
process.stdout.write(
  `${JSON.stringify({
    bench: 'fitted-features',
    scale: Number(scale),
    only,
    wallS: Math.round((performance.now() - wall) / 100) / 10,
    cpuS: Math.round((spent.user + spent.system) / 1e5) / 10,
    peakBeforeMiB: Math.round(peakBefore / 1024),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
);
