/**
 * Training, explaining and scoring, side by side with Python on the same library, data and parameters.
 *
 *   node scripts/run-ts.mjs bench/train/train.ts [--rows 300000] [--columns 700] [--rounds 30] [--repeats 2] [--libraries xgboost,lightgbm]
 *     [--shap-rows 4000] [--threads 2] [--python .venv/bin/python] [--data DIR]
 *
 * Node and Python take turns, each measurement in a process of its own. One JSON line a measurement, then one with the ratios:
 * medians of Node over medians of Python; CPU seconds are the figure to trust on a busy machine. DIR keeps the data.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { trainParams } from '../../stages/train/params.ts';
import { lightgbmParameters } from '../../stages/train/trainers/lightgbm/lightgbm-parameters.ts';
import { boosterParameters } from '../../stages/train/trainers/xgboost/booster-parameters.ts';
import { lastLineOf, printLine } from '../json-line.ts';
import { median } from '../median.ts';
import { makeData } from './data.ts';
import { type Answer, type Library, type Request, type Task, work } from './worker.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '300000' },
    columns: { type: 'string', default: '700' },
    rounds: { type: 'string', default: '30' },
    repeats: { type: 'string', default: '2' },
    libraries: { type: 'string', default: 'xgboost,lightgbm' },
    'shap-rows': { type: 'string', default: '4000' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string', default: join('.venv', 'bin', 'python') },
    data: { type: 'string' },
    worker: { type: 'string' },
  },
});

if (options.worker === undefined) compare();
else {
  const { task, library, request }: { task: Task; library: Library; request: Request } = JSON.parse(options.worker);
  printLine(await work(task, library, request));
}

function compare(): void {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'sluice-bench-train-'));
  const columns = Number(options.columns);
  const params = trainParams.parse({ colsample: 0.1 });
  const unknown = Array.from({ length: columns }, () => ({ direction: 'unknown' as const }));
  const request: Request = {
    folder,
    rows: Number(options.rows),
    columns,
    rounds: Number(options.rounds),
    threads: Number(options.threads),
    shapRows: Number(options['shap-rows']),
    params: {
      xgboost: boosterParameters(params, { target: [0, 1], columns: unknown }),
      lightgbm: lightgbmParameters({ params, columns: unknown }),
    },
  };
  const requestFile = join(folder, 'request.json');
  makeData(request);
  writeFileSync(requestFile, JSON.stringify(request));
  try {
    for (const library of options.libraries.split(',')) if (isLibrary(library)) compareLibrary(library, request, requestFile);
  } finally {
    if (options.data === undefined) rmSync(folder, { recursive: true });
  }
}

function compareLibrary(library: Library, request: Request, requestFile: string): void {
  const node = (task: Task): Answer => {
    const job = JSON.stringify({ task, library, request });
    return launch({ side: 'node', task, library }, process.execPath, [process.argv[1] ?? '', '--worker', job]);
  };
  const python = (task: Task): Answer =>
    launch({ side: 'python', task, library }, options.python, [join('bench', 'train', 'peer.py'), task, library, requestFile]);
  const turns: Record<'node' | 'python', Record<'train' | 'shap', Answer[]>> = {
    node: { train: [], shap: [] },
    python: { train: [], shap: [] },
  };
  for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
    for (const task of ['train', 'shap'] as const) {
      turns.node[task].push(node(task));
      turns.python[task].push(python(task));
    }
  }
  const fold = node('fold');
  const folds = node('folds');
  const one = node('one');
  const usual = (answers: readonly Answer[], key: string): number => median(answers.map((answer) => Number(answer[key])));
  const ratio = (task: 'train' | 'shap', key: string): number =>
    Number((usual(turns.node[task], key) / usual(turns.python[task], key)).toFixed(3));
  const equal = (task: 'train' | 'shap'): boolean => turns.node[task][0]?.['sha256'] === turns.python[task][0]?.['sha256'];
  printLine({
    bench: 'train',
    library,
    rows: request.rows,
    columns: request.columns,
    rounds: request.rounds,
    threads: request.threads,
    trainCpuRatio: ratio('train', 'cpuS'),
    trainWallRatio: ratio('train', 'wallS'),
    trainPeakRatio: ratio('train', 'peakMb'),
    sameModelBytes: equal('train'),
    shapCpuRatio: ratio('shap', 'cpuS'),
    shapWallRatio: ratio('shap', 'wallS'),
    sameContributions: equal('shap'),
    foldPeakOverMatrix: Number((Number(fold['peakMb']) / Number(fold['matrixMb'])).toFixed(2)),
    foldsPeakOverMatrix: Number((Number(folds['peakMb']) / Number(folds['matrixMb'])).toFixed(2)),
    ...Object.fromEntries(Object.entries(one).filter(([name]) => name.endsWith('Ms'))),
  });
}

function launch(label: Answer, command: string, args: readonly string[]): Answer {
  // Both sides wait passively, as our border has it: otherwise Python's waiting would count as work.
  const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE', OMP_NUM_THREADS: options.threads };
  const answer = lastLineOf<Answer>(command, args, env);
  printLine({ ...label, ...answer });
  return answer;
}

function isLibrary(name: string): name is Library {
  return name === 'xgboost' || name === 'lightgbm';
}
