// Runs benchmarks by name; without names, those that answer within minutes. Each prints JSON lines and stands in a file of its own.
//   npm run bench                     main-job and engine
//   npm run bench -- list             what there is
//   npm run bench -- peers --stages 100 --npm DIR --python DIR
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const benches = {
  'main-job': { command: ['bench/main-job.mjs'], about: 'the credit pipeline, first run and unchanged, against its targets' },
  engine: {
    command: ['bench/engine/engine.mjs'],
    about: 'trivial stages: cold, nothing to do, plan after an edit (--stages 1000 --shape chain)',
  },
  'large-input': { command: ['bench/engine/large-input.mjs'], about: 'a large input that did not change is not read again (--mib 1024)' },
  peers: {
    command: ['bench/engine/peers.mjs'],
    about: 'the same graph under wireit, Turborepo, Nx, DVC, Snakemake (--npm DIR --python DIR)',
  },
  applicant: {
    command: ['scripts/run-ts.mjs', 'bench/applicant.ts'],
    about: 'all features of one applicant from rows handed in, equal to the batch (--clients --repeat --engine --data)',
  },
  'applicant-fitted': {
    command: ['scripts/run-ts.mjs', 'bench/applicant-fitted.ts'],
    about: 'the same with the columns fitted on the book, of applicants who are not in it (--clients --repeat --scale)',
  },
  'fitted-features': {
    command: ['scripts/run-ts.mjs', 'bench/fitted-features.ts'],
    about: 'the stage encode on a synthetic book: seconds and peak memory (SCALE, 0.02 by default)',
  },
  drift: {
    command: ['bench/drift/drift.mjs'],
    about:
      'sluice drift on 307,511 x 120 against 48,744 x 120 beside a bare scan, Evidently and NannyML (BENCH_PYTHON, BENCH_NANNYML_PYTHON, BENCH_COLUMNS)',
  },
  'features-batch': {
    command: ['scripts/run-ts.mjs', 'bench/features-batch.ts'],
    about: 'all features of a whole book: seconds and peak memory (--data --scale --threads --at-once)',
  },
  features: {
    command: ['scripts/run-ts.mjs', 'bench/features.ts'],
    about: 'aggregates by client beside pandas, polars and DuckDB from Python, values checked equal (--python, --data, --scale)',
  },
  ingest: {
    command: ['scripts/run-ts.mjs', 'bench/ingest.ts'],
    about: 'CSV to Parquet beside plain DuckDB and polars (--scale, --python)',
  },
  mlflow: {
    command: ['scripts/run-ts.mjs', 'bench/mlflow/mlflow.ts'],
    about: "a sweep through the journal beside bare batches and MLflow's Python client (--trials --rounds --metrics --repeats --python)",
  },
  scorer: {
    command: ['scripts/run-ts.mjs', 'bench/serving/scorer.ts'],
    about:
      'the scorer inside its process on the last run: start, memory, scores, explanations, raw rows, against their bars (--applicants --repeat)',
  },
  serving: {
    command: ['bench/serving/load.mjs'],
    about:
      'sluice serve under load beside FastAPI and BentoML with the same booster (SLUICE_ARTIFACTS, --python --connections --seconds --book)',
  },
  train: {
    command: ['scripts/run-ts.mjs', 'bench/train/train.ts'],
    about: 'training, TreeSHAP and one applicant beside Python on the same library (--rows, --columns, --rounds, --python)',
  },
};
const usual = ['main-job', 'engine'];

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benches, name)) {
  const width = Math.max(...Object.keys(benches).map((known) => known.length));
  const lines = Object.entries(benches).map(([known, { about }]) => `${known.padEnd(width)} ${about}\n`);
  process.stderr.write(lines.join(''));
  process.exitCode = name === 'list' ? 0 : 2;
} else
  for (const each of name === undefined ? usual : [name]) {
    const { status } = spawnSync(process.execPath, [...benches[each].command, ...args], { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exitCode = status ?? 1;
  }
