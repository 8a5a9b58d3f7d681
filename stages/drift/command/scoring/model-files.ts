import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { type CommandContext, messageOf, sha256File, SluiceError } from '../../../../pipeline/index.ts';

/** Where a model's files lie. */
export interface ModelFiles {
  readonly model: string;
  readonly sha256: string;
  readonly summary: string;
  readonly calibrator: string;
  readonly decision: string;
  /** Scores of labelled rows by models not fitted to them; null where there is no such file. */
  readonly oof: string | null;
  /** Concepts of its features. */
  readonly catalogue: string | null;
}

/** @param name "latest", or a folder @throws SluiceError SOURCE_MISSING, ARTIFACT_MISSING */
export async function modelFiles(name: string, context: CommandContext): Promise<ModelFiles> {
  return name === 'latest' ? storedModel(context) : modelFolder(resolve(context.io.cwd, name));
}

async function storedModel({ artifact }: CommandContext): Promise<ModelFiles> {
  const [model, summary, calibrator, decision, oof, catalogue] = [
    await artifact('train.model'),
    await artifact('train.summary'),
    await artifact('calibrate.calibrator'),
    await artifact('calibrate.decision'),
    await artifact('train.oof'),
    await artifact('encode.catalogue'),
  ];
  return {
    model: model.path,
    sha256: model.sha256,
    summary: summary.path,
    calibrator: calibrator.path,
    decision: decision.path,
    oof: oof.path,
    catalogue: catalogue.path,
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
    oof: names.includes('oof.parquet') ? file('oof.parquet') : null,
    catalogue: names.includes('catalogue.json') ? file('catalogue.json') : null,
  };
}

/** @throws SluiceError MODEL_DAMAGED for a file that is not what it should be */
export async function readModelJson<TSchema extends z.ZodType>(path: string, schema: TSchema): Promise<z.output<TSchema>> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new SluiceError('MODEL_DAMAGED', `${basename(path)} of --model cannot be read: ${messageOf(error).split('\n')[0] ?? ''}`, {
      cause: error,
      hint: 'Model, summary, calibrator and decision must come from one run.',
    });
  }
}
