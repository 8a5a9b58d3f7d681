import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { assertNever, type FloatMatrix, openLightgbm, openXgboost, wholeView } from '../../pipeline/index.ts';
import { applyCalibrator } from '../../stages/calibrate/apply-calibrator.ts';
import type { FittedModel } from '../../stages/scoring/model/fitted-model.ts';
import { crossValidate } from '../../stages/train/cross-validate.ts';
import { trainParams } from '../../stages/train/params.ts';
import { catalogueEntry } from '../../stages/train/testing/catalogue-entry.ts';
import { openTrainer } from '../../stages/train/trainers/open-trainer.ts';
import { loadFittedModel } from '../../stages/scoring/model/load-fitted-model.ts';
import { readData, readLabel, type Size } from './data.ts';

export interface Request extends Size {
  readonly rounds: number;
  readonly threads: number;
  readonly shapRows: number;
  readonly params: Readonly<Record<Library, Readonly<Record<string, string | number>>>>;
}
export type Library = 'xgboost' | 'lightgbm';
export type Task = 'train' | 'fold' | 'folds' | 'shap' | 'one';
export type Answer = Readonly<Record<string, number | string>>;

const FORMATS = { xgboost: 'xgboost-ubj', lightgbm: 'lightgbm-text' } as const;
const APPLICANTS = 2000;

/** One measurement in this process. */
export async function work(task: Task, library: Library, request: Request): Promise<Answer> {
  return { ...(await measure(task, library, request)), peakMb: peakMb() };
}

async function measure(task: Task, library: Library, request: Request): Promise<Answer> {
  switch (task) {
    case 'train':
    case 'fold':
      return train(task, library, request);
    case 'folds':
      return await trainFolds(library, request);
    case 'shap':
    case 'one':
      return await score(task, library, request);
    default:
      return assertNever(task);
  }
}

/** train: on all rows. fold: on four fifths of them, spread over the book. */
function train(task: 'train' | 'fold', library: Library, request: Request): Answer {
  const { folder, rounds, threads } = request;
  const [matrix, label] = [readData(request), readLabel(request)];
  const view = task === 'train' ? wholeView(matrix) : { matrix, rows: wholeView(matrix).rows.filter((row) => row % 5 !== 2) };
  const own = task === 'train' ? label : Float32Array.from(view.rows, (row) => label[row] ?? 0);
  const time = stopwatch();
  const params = request.params[library];
  const bytes =
    library === 'xgboost' ? trainXgboost({ view, own, rounds, threads, params }) : trainLightgbm({ view, own, rounds, threads, params });
  const measured = time();
  if (task === 'train') writeFileSync(join(folder, `node.${library}`), bytes);
  return { ...measured, sha256: sha256(bytes), matrixMb: matrix.data.byteLength / 1024 / 1024 };
}

/** All five folds side by side, as the train stage has them, for a few rounds: what is in memory at once does not grow with more. */
async function trainFolds(library: Library, request: Request): Promise<Answer> {
  const [matrix, target] = [readData(request), readLabel(request)];
  const params = trainParams.parse({ trainer: library, rounds: 2, colsample: 0.1 });
  const entries = matrix.columns.map((name) => catalogueEntry(name));
  const trainer = await openTrainer({ params, columns: entries, target, threads: request.threads, projectDir: process.cwd() });
  const fold = Int8Array.from(target, (_, row) => row % 5);
  const time = stopwatch();
  const costs = { falseNegative: 10, falsePositive: 1 };
  await crossValidate(
    trainer,
    { features: matrix, target, fold },
    { costs, positiveWeight: 1, patience: 2, signal: new AbortController().signal },
  );
  return { ...time(), matrixMb: matrix.data.byteLength / 1024 / 1024 };
}

interface Training {
  readonly view: ReturnType<typeof wholeView>;
  readonly own: Float32Array;
  readonly rounds: number;
  readonly threads: number;
  readonly params: Readonly<Record<string, string | number>>;
}

function trainXgboost({ view, own, rounds, threads, params }: Training): Uint8Array {
  const xgb = openXgboost({ threads });
  using matrix = xgb.quantileMatrix(view, { label: own, maxBin: Number(params['max_bin']) });
  using booster = xgb.booster(params, [matrix]);
  for (let round = 0; round < rounds; round++) booster.update(round, matrix);
  return booster.toBuffer();
}

function trainLightgbm({ view, own, rounds, threads, params }: Training): Uint8Array {
  const lightgbm = openLightgbm({ threads });
  using dataset = lightgbm.dataset(view, { label: own, params });
  using booster = lightgbm.booster(params, dataset);
  for (let round = 0; round < rounds; round++) booster.update();
  return booster.toBuffer();
}

/** shap: contributions of many rows at once. one: what a serving process does for one applicant after the other, on one thread. */
async function score(task: 'shap' | 'one', library: Library, request: Request): Promise<Answer> {
  const matrix = readData({ ...request, rows: task === 'shap' ? request.shapRows : APPLICANTS });
  const summary = { format: FORMATS[library], features: matrix.columns };
  using model = await loadFittedModel(join(request.folder, `node.${library}`), {
    summary,
    threads: task === 'one' ? 1 : request.threads,
    projectDir: process.cwd(),
  });
  if (model.explainer.kind === 'none') throw new Error(model.explainer.reason);
  const { contributions } = model.explainer;
  if (task === 'one') return { ...scoreEach(model, matrix), ...percentiles('explain', each(matrix, contributions)) };
  const time = stopwatch();
  const values = contributions(matrix);
  return { ...time(), rows: matrix.rows, sha256: sha256(new Uint8Array(values.buffer)) };
}

function scoreEach(model: FittedModel, matrix: FloatMatrix): Answer {
  return percentiles(
    'score',
    each(matrix, (row) => applyCalibrator({ method: 'platt', a: 0.95, b: -0.05 }, model.predict(row).probability)),
  );
}

/** ms of each row by itself, after a warm-up. */
function each({ rows, columns, data }: FloatMatrix, act: (row: FloatMatrix) => unknown): readonly number[] {
  const width = columns.length;
  const times: number[] = [];
  for (let at = 0; at < rows + 200; at++) {
    const row = at % rows;
    const one = { rows: 1, columns, data: data.slice(row * width, (row + 1) * width) };
    const started = performance.now();
    act(one);
    if (at >= 200) times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b);
}

function percentiles(name: string, sorted: readonly number[]): Answer {
  const at = (share: number): number => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(3));
  return { [`${name}P50Ms`]: at(0.5), [`${name}P99Ms`]: at(0.99) };
}

function stopwatch(): () => { readonly wallS: number; readonly cpuS: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallS: (performance.now() - started) / 1000, cpuS: (user + system) / 1e6 };
  };
}

/** Most memory that this process ever had, of Linux's own count. */
function peakMb(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
