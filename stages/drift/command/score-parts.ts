import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { type CommandContext, didYouMean, type DuckDb, messageOf, sha256File, SluiceError, sqlName } from '../../../pipeline/index.ts';
import { calibratorSchema, decisionSchema } from '../../calibrate/stage.ts';
import { loadFittedModel } from '../../scoring/model/load-fitted-model.ts';
import { missingFeatures, readFeatureMatrix, scoreRows } from '../../scoring/score-rows.ts';
import { modelSummary } from '../../train/stage.ts';
import { compareScores } from '../compare-scores.ts';
import type { DriftResult } from '../drift-schema.ts';
import { storageClass } from '../maths/column-kind.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../scan/scan-column.ts';
import type { OpenedParts } from './open-part.ts';

export interface ScoredParts {
  readonly score: DriftResult['score'];
  /** Columns that are scores, hence not compared as features. */
  readonly columns: readonly string[];
  readonly modelSha256: string | null;
  readonly threshold: number | null;
}

export interface ScoreOptions {
  readonly context: CommandContext;
  readonly parts: OpenedParts;
  readonly threshold: number | null;
}

/** Drift of the score: from a column that holds it, from a model, or not at all. @throws SluiceError USAGE, ARTIFACT_MISSING, MODEL_DAMAGED */
export async function scoreParts(db: DuckDb, options: ScoreOptions): Promise<ScoredParts> {
  const { args } = options.context;
  const [column, model] = [args.text('score'), args.text('model')];
  if (column !== undefined && model !== undefined)
    throw new SluiceError('USAGE', '--score and --model cannot both be given', {
      hint: 'Keep --score where the files hold the score, --model where they hold its features.',
    });
  if (column !== undefined) return scoreColumn(db, column, options);
  if (model !== undefined) return scoreWithModel(db, model, options);
  return { score: null, columns: [], modelSha256: null, threshold: null };
}

async function scoreColumn(db: DuckDb, column: string, { parts, threshold }: ScoreOptions): Promise<ScoredParts> {
  const { reference, current } = parts;
  const type = reference.columns[column];
  if (type === undefined)
    throw new SluiceError(
      'USAGE',
      `--score: ${reference.name} has no column "${column}".${didYouMean(column, Object.keys(reference.columns))}`,
      { hint: 'Name the column that holds the probability.' },
    );
  if (!isNumber(type))
    throw new SluiceError('USAGE', `--score: column "${column}" of ${reference.name} is ${type}, not a number`, {
      hint: 'Name the column that holds the probability.',
    });
  // Gone or of another type in the batch: then the contract is broken, and the column is told among the others.
  if (!isNumber(current.columns[column] ?? '')) return { score: null, columns: [], modelSha256: null, threshold };
  const read = (view: string): Promise<Float64Array> =>
    db.column(`select case when isfinite(${sqlName(column)}::double) then ${sqlName(column)}::double end as x from ${sqlName(view)}`);
  const [before, after] = [await read(REFERENCE_ROWS), await read(CURRENT_ROWS)];
  const score = compareScores({ probability: before, calibrated: before }, { probability: after, calibrated: after }, threshold);
  return { score, columns: [column], modelSha256: null, threshold };
}

async function scoreWithModel(db: DuckDb, name: string, { context, parts }: ScoreOptions): Promise<ScoredParts> {
  const files = name === 'latest' ? await storedModel(context) : await modelFolder(resolve(context.io.cwd, name));
  const [summary, calibrator, decision] = await Promise.all([
    readJson(files.summary, modelSummary),
    readJson(files.calibrator, calibratorSchema),
    readJson(files.decision, decisionSchema),
  ]);
  const [first] = missingFeatures([...summary.features, 'SK_ID_CURR'], parts.reference.columns);
  if (first !== undefined)
    throw new SluiceError('USAGE', `--model: ${parts.reference.name} has no column "${first}", which the model needs`, {
      hint: 'Give tables of features, such as $(sluice path encode.unseen), or leave --model out.',
    });
  const known = { columns: [], modelSha256: files.sha256, threshold: decision.threshold };
  if (
    missingFeatures([...summary.features, 'SK_ID_CURR'], parts.current.columns).length > 0 ||
    parts.current.rows === 0 ||
    parts.reference.rows === 0
  )
    return { score: null, ...known };
  const [before, after] = [
    await readFeatureMatrix(db, REFERENCE_ROWS, summary.features),
    await readFeatureMatrix(db, CURRENT_ROWS, summary.features),
  ];
  using model = await loadFittedModel(files.model, { summary, sha256: files.sha256, threads: 2, projectDir: context.projectDir });
  const [then, now] = [scoreRows(model, before, calibrator), scoreRows(model, after, calibrator)];
  return { score: compareScores(then, now, decision.threshold), ...known };
}

interface ModelFiles {
  readonly model: string;
  readonly sha256: string;
  readonly summary: string;
  readonly calibrator: string;
  readonly decision: string;
}

async function storedModel({ artifact }: CommandContext): Promise<ModelFiles> {
  const [model, summary, calibrator, decision] = await Promise.all(
    (['train.model', 'train.summary', 'calibrate.calibrator', 'calibrate.decision'] as const).map(artifact),
  );
  return {
    model: model?.path ?? '',
    sha256: model?.sha256 ?? '',
    summary: summary?.path ?? '',
    calibrator: calibrator?.path ?? '',
    decision: decision?.path ?? '',
  };
}

async function modelFolder(folder: string): Promise<ModelFiles> {
  const names = await readdir(folder).catch(() => null);
  const model = names?.find((name) => /^model\.(ubj|txt|json)$/.test(name));
  if (names === null || model === undefined)
    throw new SluiceError(
      'SOURCE_MISSING',
      names === null ? `--model ${folder} is no folder` : `--model ${folder} holds no model.ubj, model.txt or model.json`,
      {
        hint: 'Write --model latest for the last good model of the store, or name a folder with the model’s files.',
      },
    );
  const file = (name: string): string => join(folder, name);
  return {
    model: file(model),
    sha256: await sha256File(file(model)),
    summary: file('summary.json'),
    calibrator: file('calibrator.json'),
    decision: file('decision.json'),
  };
}

async function readJson<TSchema extends z.ZodType>(path: string, schema: TSchema): Promise<z.output<TSchema>> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new SluiceError('MODEL_DAMAGED', `${basename(path)} of --model cannot be read: ${messageOf(error).split('\n')[0] ?? ''}`, {
      cause: error,
      hint: 'Model, summary, calibrator and decision must come from one run.',
    });
  }
}

function isNumber(type: string): boolean {
  const storage = storageClass(type);
  return storage === 'integer' || storage === 'float';
}
