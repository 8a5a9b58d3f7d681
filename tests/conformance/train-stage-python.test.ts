import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { DuckDb, sqlName } from '../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import run from '../../stages/train/run.ts';
import { modelSummary, train } from '../../stages/train/stage.ts';
import { catalogueEntry } from '../../stages/train/testing/catalogue-entry.ts';
import { lightgbmInPython, python } from './project-python.ts';

/** What a reviewer has in hand: the development rows, and `train.summary`. From these alone Python must come to the stage's bytes. */
const draw = (salt: number): string => `((hash(i * 31 + ${salt}) % 1000003)::double / 1000003)`;
const LEVELS = ['a', 'b', 'c', 'd', 'rare'];
const DEVELOPMENT = `select i::integer as SK_ID_CURR, (income - debt + 0.3 * (kind % 2) + 0.6 * luck < 0.25)::tinyint as TARGET, 'train' as part, (i % 3)::tinyint as fold,
    income::float as income, case when i % 11 = 0 then null else debt::float end as debt, ${draw(5)}::float as noise, 7::float as constant, null::float as nothing, kind::float as kind
  from (select i, ${draw(1)} as income, ${draw(2)} as debt, ${draw(3)} as luck, case when i % 150 = 0 then 4 else (i * 7) % 4 end as kind from range(900) t(i)) order by i desc`;
const COLUMNS = ['income', 'debt', 'noise', 'constant', 'nothing', 'kind'];
const SMALL = {
  rounds: 20,
  patience: 10,
  eta: 0.2,
  minChildWeight: 1,
  lambda: 1,
  colsample: 0.7,
  measureProhibited: false,
  learningCurve: [],
  lightgbm: { minDataInLeaf: 5, learningRate: 0.2 },
  forest: { trees: 30 },
};

const CASES = [
  { trainer: 'xgboost', categories: false, params: {} },
  { trainer: 'xgboost', categories: true, params: { classWeight: 'cost' } },
  { trainer: 'xgboost', categories: false, params: { classWeight: 'balanced', stopOn: 'cost' } },
  { trainer: 'forest', categories: true, params: {} },
  { trainer: 'lightgbm', categories: false, params: { classWeight: 'balanced' } },
  { trainer: 'lightgbm', categories: true, params: {} },
] as const;

async function trainedByBoth({ trainer, categories, params }: (typeof CASES)[number]) {
  const catalogue = COLUMNS.map((name) => catalogueEntry(name, categories && name === 'kind' ? { levels: LEVELS } : {}));
  const inputs = { development: await tableArtifact(DEVELOPMENT), catalogue: await jsonArtifact(catalogue) };
  const { outputs } = await runBody(train, run, { inputs, params: { ...SMALL, ...params, trainer }, threads: 2 });
  const summaryText = await readFile(outputs.summary, 'utf8');
  const { features } = modelSummary.parse(JSON.parse(summaryText));
  const folder = await mkdtemp(join(tmpdir(), 'sluice-by-python-'));
  try {
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
    await db.view('development', inputs.development);
    const { data } = await db.matrix(`select ${features.map(sqlName).join(', ')} from development order by SK_ID_CURR`);
    const { data: label } = await db.matrix('select TARGET::float as TARGET from development order by SK_ID_CURR');
    await writeFile(join(folder, 'summary.json'), summaryText);
    await writeFile(join(folder, 'data.f32'), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    await writeFile(join(folder, 'label.f32'), new Uint8Array(label.buffer, label.byteOffset, label.byteLength));
    await promisify(execFile)(python, [join(import.meta.dirname, 'train-stage-python.py'), folder], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    return { node: await readFile(outputs.model), python: await readFile(join(folder, 'python.model')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('Python, told what train.summary says, trains the same bytes', () => {
  for (const each of CASES) {
    const there = each.trainer === 'lightgbm' ? lightgbmInPython() : existsSync(python);
    const what = `${each.trainer}, ${each.categories ? 'with' : 'without'} categories, ${JSON.stringify(each.params)}`;
    (there ? test : test.skip)(there ? what : `${what} (skipped: no Python package here; run make setup)`, async () => {
      const models = await trainedByBoth(each);
      expect(models.node.length).toBeGreaterThan(1000);
      expect(models.python.equals(models.node)).toBe(true);
    });
  }
});
