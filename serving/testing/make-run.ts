import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDb } from '../../pipeline/index.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import calibrateBody from '../../stages/calibrate/run.ts';
import { calibrate } from '../../stages/calibrate/stage.ts';
import encodeBody from '../../stages/encode/run.ts';
import { encode } from '../../stages/encode/stage.ts';
import explainBody from '../../stages/explain/run.ts';
import { explain } from '../../stages/explain/stage.ts';
import featuresBody from '../../stages/features/run.ts';
import { features } from '../../stages/features/stage.ts';
import { generateSynthetic } from '../../stages/ingest/synthetic/generate-synthetic.ts';
import splitBody from '../../stages/split/run.ts';
import { split } from '../../stages/split/stage.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES } from '../../stages/tables/table-names.ts';
import trainBody from '../../stages/train/run.ts';
import { train } from '../../stages/train/stage.ts';

/** 1,107 labelled clients: enough for trees, quick to make. */
const SCALE = 0.0036;
const TRAIN = { colsample: 0.1, patience: 20, measureProhibited: false, learningCurve: [] };

interface ModelChoice {
  readonly name: string;
  readonly rounds: number;
  /** Another cost gives another threshold. */
  readonly costFalseNegative: number;
}

const MODELS: readonly ModelChoice[] = [
  { name: 'champion', rounds: 40, costFalseNegative: 10 },
  { name: 'rival', rounds: 15, costFalseNegative: 8 },
];

/**
 * Runs the stages' bodies, without the engine, over a small synthetic book. @returns paths in the folder by `stage.port` and by
 * `<model>/<file of a registered version>`
 */
export async function makeRun(dir: string): Promise<Readonly<Record<string, string>>> {
  const paths: Record<string, string> = {};
  const keep = async (name: string, from: string): Promise<void> => {
    const extension = /\.\w+$/.exec(from)?.[0] ?? '';
    paths[name] = name.includes('/') ? name : `${name}${extension}`;
    await cp(from, join(dir, paths[name]), { recursive: true });
  };
  const raw = perTable((name) => join(dir, `ingest.${name}.parquet`));
  {
    using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: dir });
    await generateSynthetic({ db, scale: SCALE, seed: 11, outDir: dir, paths: raw });
  }
  for (const name of TABLE_NAMES) paths[`ingest.${name}`] = `ingest.${name}.parquet`;
  const { outputs: made } = await runBody(features, featuresBody, { inputs: raw });
  const { outputs: dealt } = await runBody(split, splitBody, { inputs: { table: made.table }, params: { folds: 3 } });
  const { outputs: encoded } = await runBody(encode, encodeBody, {
    inputs: { ...raw, ...dealt, ...made },
    params: { neighbours: 50, rounds: 5 },
  });
  for (const port of ['development', 'holdout', 'unseen'] as const) await keep(`encode.${port}`, encoded[port]);
  for (const model of MODELS) await makeModel(model, encoded, keep);
  return paths;
}

async function makeModel(
  { name, rounds, costFalseNegative }: ModelChoice,
  encoded: Readonly<Record<keyof typeof encode.outputs, string>>,
  keep: (name: string, from: string) => Promise<void>,
): Promise<void> {
  const { catalogue, development, holdout, state } = encoded;
  const { outputs: trained } = await runBody(train, trainBody, { inputs: { catalogue, development }, params: { ...TRAIN, rounds } });
  const { outputs: calibrated } = await runBody(calibrate, calibrateBody, {
    inputs: { oof: trained.oof },
    params: { bootstrap: 50, costFalseNegative, method: 'platt' },
  });
  const { outputs: explained } = await runBody(explain, explainBody, {
    inputs: { ...trained, ...calibrated, catalogue, development, holdout },
    params: { rows: 60, referenceRows: 200, faithfulnessRows: 5 },
  });
  const files = {
    'model.ubj': trained.model,
    'summary.json': trained.summary,
    'calibrator.json': calibrated.calibrator,
    'decision.json': calibrated.decision,
    'catalogue.json': catalogue,
    'explanation_reference.json': explained.reference,
    ...Object.fromEntries((await readdir(state)).map((file) => [`fitted/${file}`, join(state, file)])),
  };
  for (const [file, path] of Object.entries(files)) await keep(`${name}/${file}`, path);
  if (name === 'champion') await keep('train.model', trained.model);
}
