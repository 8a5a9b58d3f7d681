import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { openLightgbm, type SavedModel, wholeView, writeModelFolder } from '../../pipeline/index.ts';
import { lightgbmInPython, python } from './project-python.ts';

/** What MLflow's own client makes of folders of models that are not XGBoost's (those are judged in mlflow-model.test.ts). */
const installed = lightgbmInPython();
const columns = ['income', 'debt'];
const params = { objective: 'binary', num_leaves: 4, min_data_in_leaf: 5, deterministic: 'true', force_col_wise: 'true', verbosity: 0 };

interface Answer {
  readonly flavors: readonly string[];
  readonly predictions: readonly number[] | null;
  readonly error: string | null;
}

async function ask(model: Uint8Array, saved: SavedModel): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-flavors-'));
  const [written, source] = [join(folder, 'written'), join(folder, 'source')];
  await writeFile(source, model);
  const rows = [
    [0.2, 0.9],
    [0.9, null],
    [0.5, 0.1],
  ];
  const options = { folder: written, model: source, extra: {}, example: { columns, rows }, createdAt: 0, pythonVersion: '3.11.0', saved };
  for (const { path, from } of await writeModelFolder(options)) if (from !== join(written, path)) await copyFile(from, join(written, path));
  const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, 'mlflow-flavors.py'), written]);
  const answer: Answer = JSON.parse(stdout);
  return answer;
}

describe(`MLflow's pyfunc${installed ? '' : ' (skipped: no mlflow and lightgbm in .venv; run make setup)'}`, () => {
  const native = installed ? test : test.skip;

  native('gives the very probabilities of a LightGBM model that was trained here', async () => {
    const lightgbm = openLightgbm({ threads: 1 });
    const data = Float32Array.from({ length: 400 }, (_, at) => ((at * 7919) % 1009) / 1009);
    const label = Float32Array.from({ length: 200 }, (_, row) => ((data[row * 2] ?? 0) + (data[row * 2 + 1] ?? 0) > 1 ? 1 : 0));
    using train = lightgbm.dataset(wholeView({ rows: 200, columns, data }), { label, params });
    using booster = lightgbm.booster(params, train);
    for (let round = 0; round < 10; round++) booster.update();
    const saved = { file: 'model.txt', format: 'lightgbm-text', library: 'lightgbm', version: lightgbm.version };
    const { flavors, predictions } = await ask(booster.toBuffer(), saved);
    expect(flavors).toEqual(['lightgbm', 'python_function']);
    const example = { rows: 3, columns, data: Float32Array.of(0.2, 0.9, 0.9, Number.NaN, 0.5, 0.1) };
    expect(predictions).toEqual([...booster.predict(wholeView(example), { type: 'value' })]);
  });

  native('is told what a model without a loader in Python is, and says that it cannot load it', async () => {
    const saved = { file: 'model.json', format: 'logistic-json', library: 'sluice', version: '1' };
    const { flavors, error } = await ask(new TextEncoder().encode('{}'), saved);
    expect(flavors).toEqual(['sluice']);
    expect(error).toMatch(/python_function/);
  });
});
