import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, type FloatMatrix } from '../../pipeline/index.ts';
import { type BodyRun, jsonArtifact, runBody } from '../../pipeline/testing/run-body.ts';
import { decision, drawApplicants, freshFolder, readParquet, trainModel, writeApplicants } from '../evaluate/testing/small-world.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import { type Explanations, explanationsSchema, type ExactExplanations } from './explanations-schema.ts';
import { explanationPage } from './page/explanation-page.ts';
import run from './run.ts';
import { explain } from './stage.ts';

const entry = (name: string, concept: string, prohibited = false): CatalogueEntry => ({
  name,
  table: 'application_train',
  formula: name,
  concept,
  en: `${name} in words`,
  fr: `${name} en mots`,
  direction: 'raises',
  prohibited,
  changeable: false,
});
const catalogue = [entry('score_a', 'external scores'), entry('score_b', 'sex and age', true), entry('score_c', 'income')];

/** Development rows and their out-of-fold scores; the score is what the rows were drawn with. */
async function writeDevelopment(folder: string, id: Int32Array, matrix: FloatMatrix): Promise<{ development: string; oof: string }> {
  const { holdout: development } = await writeApplicants(folder, { id, target: new Uint8Array(id.length), matrix });
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: folder });
  const oof = join(folder, 'oof.parquet');
  const value = (row: number, column: number): number => matrix.data[row * 3 + column] ?? 0;
  const probability = Float32Array.from(id, (_, row) => 1 / (1 + Math.exp(2.8 - 1.1 * value(row, 0) - 0.7 * value(row, 1))));
  await db.createTable('oof', {
    SK_ID_CURR: { type: 'INTEGER', values: id },
    TARGET: { type: 'TINYINT', values: new Int8Array(id.length) },
    fold: { type: 'TINYINT', values: new Int8Array(id.length) },
    margin: { type: 'FLOAT', values: probability.map((p) => Math.log(p / (1 - p))) },
    probability: { type: 'FLOAT', values: probability },
  });
  await db.copyToParquet('select * from oof', oof);
  return { development, oof };
}

async function explainOnce(threads: number): Promise<BodyRun<typeof explain.outputs>> {
  const [folder, other] = [await freshFolder(), await freshFolder()];
  const trainingRows = drawApplicants(4000, 1);
  const trained = await trainModel(folder, trainingRows);
  const { holdout } = await writeApplicants(folder, drawApplicants(900, 2));
  return runBody(explain, run, {
    inputs: {
      holdout,
      ...(await writeDevelopment(other, trainingRows.id, trainingRows.matrix)),
      model: trained.model,
      summary: await jsonArtifact(trained.summary),
      calibrator: await jsonArtifact({ method: 'none' }),
      decision: await jsonArtifact(decision),
      catalogue: await jsonArtifact(catalogue),
    },
    params: { rows: 500, referenceRows: 400, faithfulnessRows: 60 },
    threads,
  });
}

describe('explain', () => {
  let found: BodyRun<typeof explain.outputs>;
  let explanations: ExactExplanations;
  beforeAll(async () => {
    found = await explainOnce(2);
    const parsed: Explanations = explanationsSchema.parse(JSON.parse(await readFile(found.outputs.explanations, 'utf8')));
    if (parsed.method !== 'tree-shap') throw new Error('no explanations');
    explanations = parsed;
  });

  test('every row adds up, and features, concepts and waterfalls rest on the same sums', () => {
    expect(explanations.additivityError).toBeGreaterThanOrEqual(0);
    expect(explanations.additivityError).toBeLessThan(1e-5);
    expect(explanations.importance.map(({ feature }) => feature)).toEqual(['score_a', 'score_b', 'score_c']);
    for (const { margin, concepts } of explanations.examples)
      expect(concepts.reduce((sum, { sum: own }) => sum + own, explanations.bias)).toBeCloseTo(margin, 5);
  });

  test('reasons push towards refusal, are at most four, in both languages, and never a prohibited attribute', () => {
    const reasons = explanations.examples.flatMap((example) => example.reasons);
    expect(reasons.length).toBeGreaterThan(0);
    for (const { push, en, fr, features } of reasons) {
      expect(push).toBeGreaterThan(0);
      expect(en).not.toBe(fr);
      expect(features.map(({ name }) => name)).not.toContain('score_b');
    }
    expect(explanations.codes.map(({ code }) => code).toSorted()).toEqual(['E01', 'I01']);
    expect(explanations.reference).toMatchObject({ population: 'approved', rows: 400 });
  });

  test('the table of reasons holds the refused only, ranked from 1', async () => {
    const rows = await readParquet(found.outputs.reasons);
    const clients = new Set(rows.map((row) => row['SK_ID_CURR']));
    expect(clients.size).toBe(explanations.refused - explanations.withoutReason);
    for (const row of rows) expect([1, 2, 3, 4]).toContain(row['rank']);
    const refused = explanations.examples.find(({ decision: verdict }) => verdict === 'refuse');
    expect(rows.filter((row) => row['SK_ID_CURR'] === refused?.client).map((row) => row['code'])).toEqual(
      refused?.reasons.map(({ code }) => code),
    );
  });

  test('figures are images with a text alternative; the page holds them, is one file, and says the same in French', async () => {
    const files = (await readdir(found.outputs.figures)).toSorted();
    expect(files).toContain('shap_beeswarm.svg');
    expect(files.filter((file) => file.startsWith('shap_waterfall'))).toHaveLength(explanations.examples.length);
    for (const file of files) {
      const svg = await readFile(join(found.outputs.figures, file), 'utf8');
      expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-desc">\n<title id="\1-title">[^<]+<\/title><desc/);
      expect(svg).not.toMatch(/NaN|undefined|<script|Infinity/);
    }
    const page = await readFile(found.outputs.page, 'utf8');
    expect(page).not.toMatch(/<script|<link|<img|@import|src=|NaN|undefined|\[object|https?:\/\/(?!www\.w3\.org)/);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).toMatch(/<ol lang="fr">/);
  });

  test('a linear model’s contributions are not called TreeSHAP', () => {
    expect(explanationPage(explanations, new Map())).toContain('Exact TreeSHAP: what every feature');
    expect(explanationPage({ ...explanations, method: 'linear' }, new Map())).not.toContain('TreeSHAP');
  });

  test('one thread or two: the same bytes', async () => {
    const again = await explainOnce(1);
    const files = ({ outputs }: typeof found): readonly string[] => [
      outputs.explanations,
      outputs.reference,
      outputs.reasons,
      outputs.page,
    ];
    for (const [at, path] of files(found).entries())
      expect((await readFile(files(again)[at] ?? '')).equals(await readFile(path))).toBe(true);
  });
});

test('a model without contributions is said to have none, and nothing is made up', async () => {
  const folder = await freshFolder();
  const { matrix, id } = drawApplicants(300, 3);
  const trained = await trainModel(folder, drawApplicants(300, 3));
  const model = await jsonArtifact({ format: 'dummy-json', features: matrix.columns, baseRate: 0.1 });
  const { outputs, events } = await runBody(explain, run, {
    inputs: {
      ...(await writeDevelopment(folder, id, matrix)),
      holdout: (await writeApplicants(folder, drawApplicants(100, 4))).holdout,
      model,
      summary: await jsonArtifact({ ...trained.summary, trainer: 'dummy', format: 'dummy-json', library: 'none' }),
      calibrator: await jsonArtifact({ method: 'none' }),
      decision: await jsonArtifact(decision),
      catalogue: await jsonArtifact(catalogue),
    },
  });
  expect(JSON.parse(await readFile(outputs.explanations, 'utf8'))).toEqual({ method: 'none', why: 'the dummy looks at no feature' });
  expect(JSON.parse(await readFile(outputs.reference, 'utf8'))).toBeNull();
  expect(await readParquet(outputs.reasons)).toEqual([]);
  expect(await readFile(outputs.page, 'utf8')).toContain('This model has no exact explanations.');
  expect(JSON.stringify(events)).toContain('no explanations: the dummy looks at no feature');
});
