import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type BoosterParams, type FloatMatrix, openLightgbm, openXgboost, wholeView, writeModelFolder } from '../../pipeline/index.ts';
import { freePort } from '../../pipeline/testing/free-port.ts';
import { applyCalibrator } from '../../stages/calibrate/apply-calibrator.ts';
import type { Calibrator } from '../../stages/calibrate/stage.ts';
import { modelFile } from '../../stages/champion/champion-files.ts';
import { pyfuncLoader } from '../../stages/register/pyfunc-loader.ts';
import { FORMAT_EXTENSIONS, type ModelFormat } from '../../stages/scoring/model/formats.ts';
import type { Categories } from '../../stages/scoring/model/known-categories.ts';
import type { LinearTerm } from '../../stages/scoring/model/linear-terms.ts';
import { loadFittedModel } from '../../stages/scoring/model/load-fitted-model.ts';
import { sealedModelBytes } from '../../stages/scoring/model/sealed-model.ts';
import { lightgbmInPython, python } from './project-python.ts';

const root = process.cwd();
const because = existsSync(python) ? '' : ' (skipped: no .venv: run `make setup`)';
const suite = because === '' ? describe : describe.skip;

const columns = ['income', 'debt ratio', 'AGE'];
const ROWS = 300;
/** Known numbers without a library of chance: every seventh is missing, some lie on a bin's edge. */
const data = Float32Array.from({ length: ROWS * 3 }, (_, at) =>
  at % 7 === 3 ? Number.NaN : at % 11 === 0 ? 0.25 : ((at * 7919) % 1009) / 500 - 0.7,
);
const matrix: FloatMatrix = { rows: ROWS, columns, data };
const terms: readonly LinearTerm[] = [
  { kind: 'standard', feature: 0, mean: 0.31, deviation: 0.57, clip: 1.5, coefficient: 0.8 },
  { kind: 'missing', feature: 1, share: 0.14, coefficient: -0.3 },
  { kind: 'woe', feature: 2, edges: [0.25, 0.8], woe: [0.9, -0.2, -0.7], missing: 0.4, mean: 0.1, coefficient: -0.9 },
  { kind: 'woe', feature: 1, edges: [], woe: [0.3], missing: -0.4, mean: 0, coefficient: 1.1 },
];
const wave = (length: number, step: number): number[] => Array.from({ length }, (_, at) => Math.fround(Math.sin(step * (at + 1))));
const scale = { baseScore: 600, baseOdds: 50, pointsToDouble: 20, factor: 28.9, offset: 487 };

interface Case {
  readonly format: ModelFormat;
  readonly library: string;
  readonly calibrator: Calibrator;
  readonly bytes: () => Uint8Array;
  readonly categories?: Categories;
}

/** Of debt ratio, whose values are no whole numbers but for a few: to such a model they stand for nothing it knows. */
const categories: Categories = { 'debt ratio': [true, false, true].map((known, at) => ({ level: `level ${at}`, rows: at, known })) };

const cases: Readonly<Record<string, Case>> = {
  logistic: {
    format: 'logistic-json',
    library: 'sluice',
    calibrator: { method: 'platt', a: 0.9, b: -0.2 },
    bytes: () => sealedModelBytes({ format: 'logistic-json', features: columns, l2: 1, l1: 0, intercept: -1.7, terms }),
  },
  scorecard: {
    format: 'scorecard-json',
    library: 'sluice',
    calibrator: { method: 'isotonic', x: [0.05, 0.2, 0.5, 0.9], y: [0.01, 0.2, 0.3, 0.95] },
    bytes: () =>
      sealedModelBytes({ format: 'scorecard-json', features: columns, intercept: -2, terms, scale, basePoints: 540, characteristics: [] }),
  },
  mlp: {
    format: 'mlp-json',
    library: '@tensorflow/tfjs-core',
    calibrator: { method: 'beta', a: 1.1, b: 0.8, c: -0.1 },
    bytes: () =>
      sealedModelBytes({
        format: 'mlp-json',
        features: columns,
        backend: 'wasm',
        inputs: terms.slice(0, 3),
        layers: [
          { weights: wave(15, 1.3), biases: wave(5, 0.7) },
          { weights: wave(20, 2.1), biases: wave(4, 0.2) },
          { weights: wave(4, 0.9), biases: [-1.2] },
        ],
      }),
  },
  dummy: {
    format: 'dummy-json',
    library: 'sluice',
    calibrator: { method: 'none' },
    bytes: () => new TextEncoder().encode(JSON.stringify({ format: 'dummy-json', features: columns, baseRate: 0.081 })),
  },
  xgboost: {
    format: 'xgboost-ubj',
    library: 'xgboost',
    calibrator: { method: 'platt', a: 1.2, b: 0.1 },
    bytes: () => xgboostModel({ eta: 0.3 }, 10),
  },
  /** As the trainer of that name makes it: all trees in one round. */
  forest: {
    format: 'xgboost-ubj',
    library: 'xgboost',
    calibrator: { method: 'isotonic', x: [0.05, 0.9], y: [0.01, 0.8] },
    bytes: () => xgboostModel({ eta: 1, num_parallel_tree: 20, subsample: 0.7, colsample_bynode: 0.5, seed_per_iteration: 1 }, 1),
  },
  categories: {
    format: 'xgboost-ubj',
    library: 'xgboost',
    calibrator: { method: 'none' },
    bytes: () => xgboostModel({ eta: 0.3 }, 10),
    categories,
  },
  ...(lightgbmInPython()
    ? {
        lightgbm: {
          format: 'lightgbm-text',
          library: 'lightgbm',
          calibrator: { method: 'platt', a: 1.2, b: 0.1 },
          bytes: lightgbmModel,
        } as const,
      }
    : {}),
};

suite(`models that Python opens with the loader that travels with them${because}`, () => {
  let dir: string;
  const expected: Record<string, { raw: number[]; calibrated: number[] }> = {};
  let answers: Record<
    string,
    { raw: number[]; calibrated: number[]; shuffled: number[]; missing: string; flavors: string[]; signature_params: string[] }
  >;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice pyfunc é-'));
    await writeFile(join(dir, 'rows.json'), JSON.stringify({ columns, data: rowsOf(matrix) }));
    for (const [name, each] of Object.entries(cases)) {
      await writeFolder(join(dir, name), each);
      const summary = { format: each.format, features: columns, categories: each.categories };
      using model = await loadFittedModel(join(dir, name, modelFile(each.format)), { summary, threads: 1, projectDir: root });
      const raw = [...model.predict(matrix).probability];
      expected[name] = { raw, calibrated: [...applyCalibrator(each.calibrator, raw)] };
    }
    const folders = Object.keys(cases).map((name) => join(dir, name));
    const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, 'mlflow-pyfunc.py'), ...folders], {
      maxBuffer: 1 << 26,
    });
    answers = JSON.parse(stdout);
  });

  test.each(Object.keys(cases))('%s gives our numbers, raw and calibrated, whatever the order of the columns', (name) => {
    const { raw, calibrated, shuffled, missing, signature_params: params } = answers[name] ?? {};
    expect(spread(expected[name]?.raw)).toBeGreaterThan(name === 'dummy' ? 0 : 5);
    expect(difference(raw, expected[name]?.raw)).toBeLessThan(1e-7);
    expect(difference(calibrated, expected[name]?.calibrated)).toBeLessThan(1e-6);
    expect(shuffled).toEqual(raw);
    expect(missing).toMatch(/^MlflowException: .*income/s);
    expect(params).toEqual(['calibrated']);
  });

  test('the native flavors stay beside it, and a format without a loader has none', () => {
    expect(answers['xgboost']?.flavors).toEqual(['python_function', 'xgboost']);
    expect(answers['mlp']?.flavors).toEqual(['python_function', 'sluice']);
    expect(Object.keys(FORMAT_EXTENSIONS).filter((format) => pyfuncLoader(format as ModelFormat) === undefined)).toEqual([
      'ml-xgboost-json',
    ]);
  });

  test('mlflow models serve answers /invocations with the same numbers', async () => {
    const port = await freePort();
    const args = [
      '-m',
      'mlflow',
      'models',
      'serve',
      '-m',
      join(dir, 'mlp'),
      '--env-manager',
      'local',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
    ];
    const env = { ...process.env, PATH: `${dirname(python)}:${process.env['PATH'] ?? ''}`, MLFLOW_DISABLE_TELEMETRY: 'true' };
    const child = spawn(python, [...args, '--workers', '1'], { env, cwd: dir, detached: true, stdio: 'ignore' });
    try {
      const uri = `http://127.0.0.1:${port}`;
      for (let tries = 0; tries < 600 && !(await answersAt(uri)); tries++) await sleep(200);
      const ask = async (body: string): Promise<number[]> => {
        const reply = await fetch(`${uri}/invocations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        const { predictions } = (await reply.json()) as { predictions: number[] };
        return predictions;
      };
      const dataframe = { columns, data: rowsOf(matrix) };
      const params = { calibrated: true };
      expect(difference(await ask(JSON.stringify({ dataframe_split: dataframe })), expected['mlp']?.raw)).toBeLessThan(1e-6);
      expect(difference(await ask(JSON.stringify({ dataframe_split: dataframe, params })), expected['mlp']?.calibrated)).toBeLessThan(1e-6);
      const example = await readFile(join(dir, 'mlp', 'serving_input_example.json'), 'utf8');
      expect(difference(await ask(example), expected['mlp']?.raw.slice(0, 5))).toBeLessThan(1e-6);
    } finally {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }
  });
});

async function writeFolder(folder: string, { format, library: name, calibrator, bytes, categories: known }: Case): Promise<void> {
  const source = `${folder}.model`;
  await writeFile(source, bytes());
  await writeFile(`${folder}.calibrator`, JSON.stringify(calibrator));
  await writeFile(
    `${folder}.summary`,
    JSON.stringify({ format, features: columns, ...(known === undefined ? {} : { categories: known }) }),
  );
  const files = await writeModelFolder({
    folder: `${folder}.written`,
    model: source,
    extra: { 'calibrator.json': `${folder}.calibrator`, 'summary.json': `${folder}.summary` },
    example: { columns, rows: rowsOf(matrix).slice(0, 5) },
    loader: pyfuncLoader(format),
    createdAt: 0,
    pythonVersion: '3.11.0',
    saved: { file: modelFile(format), format, library: name, version: '1' },
  });
  for (const { path, from } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(from, join(folder, path));
  }
  await rename(`${folder}.written`, `${folder}.done`);
}

function rowsOf({ rows, columns: names, data: values }: FloatMatrix): (number | null)[][] {
  const width = names.length;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (value) => (Number.isNaN(value) ? null : value)),
  );
}

/** With noise, so that the trees have something to disagree on. */
function labels(): Float32Array {
  return Float32Array.from({ length: ROWS }, (_, row) => {
    const sum = [0, 1, 2].reduce(
      (total, column) => total + (Number.isNaN(data[row * 3 + column]) ? 0.5 : (data[row * 3 + column] ?? 0)),
      0,
    );
    return sum + ((row * 37) % 100) / 60 > 1.9 ? 1 : 0;
  });
}

function xgboostModel(params: BoosterParams, rounds: number): Uint8Array {
  const xgboost = openXgboost({ projectDir: root, threads: 1 });
  using train = xgboost.matrix(matrix, { label: labels() });
  using booster = xgboost.booster({ objective: 'binary:logistic', max_depth: 3, seed: 1, ...params }, [train]);
  for (let round = 0; round < rounds; round++) booster.update(round, train);
  return booster.toBuffer();
}

function lightgbmModel(): Uint8Array {
  const params = { objective: 'binary', num_leaves: 4, min_data_in_leaf: 5, deterministic: 'true', force_col_wise: 'true', verbosity: 0 };
  const lightgbm = openLightgbm({ threads: 1 });
  using train = lightgbm.dataset(wholeView(matrix), { label: labels(), params });
  using booster = lightgbm.booster(params, train);
  for (let round = 0; round < 10; round++) booster.update();
  return booster.toBuffer();
}

function difference(a: readonly number[] = [], b: readonly number[] = []): number {
  return a.length === b.length && a.length > 0 ? Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN)))) : Number.NaN;
}

/** How many different values there are, less one. */
function spread(values: readonly number[] = []): number {
  return new Set(values).size - 0.5;
}

async function answersAt(uri: string): Promise<boolean> {
  return fetch(`${uri}/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}
