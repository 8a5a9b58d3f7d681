import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FilePlacement } from '../../registration.ts';
import { environmentFiles, type ModelEnvironment } from './environment-files.ts';
import { type InputExample, inputExampleJson, servingExampleJson } from './input-example.ts';
import { CODE_FOLDER, type PyfuncLoader } from './flavors.ts';
import { mlmodelText } from './mlmodel.ts';

export interface ModelFolder extends ModelEnvironment {
  /** Where the written files go. */
  readonly folder: string;
  /** The model as its library saved it; its feature names are those of the example, in order. */
  readonly model: string;
  /** Files that travel with the model, name to path: calibrator.json, … */
  readonly extra: Readonly<Record<string, string>>;
  readonly example: InputExample;
  /** Opens the model in Python; without one MLflow's own does, where it has one. */
  readonly loader?: PyfuncLoader | undefined;
  /** ms since 1970. */
  readonly createdAt: number;
}

/** Writes what Python needs beside the model. @returns the files of an MLflow model, MLmodel last */
export async function writeModelFolder(options: ModelFolder): Promise<readonly FilePlacement[]> {
  await mkdir(options.folder, { recursive: true });
  const write = async (name: string, text: string): Promise<FilePlacement> => {
    const from = join(options.folder, name);
    await mkdir(dirname(from), { recursive: true });
    await writeFile(from, text);
    return { path: name, from };
  };
  const content: FilePlacement[] = [
    { path: options.saved.file, from: options.model },
    ...Object.entries(options.extra).map(([path, from]) => ({ path, from })),
    await write('input_example.json', inputExampleJson(options.example)),
    await write('serving_input_example.json', servingExampleJson(options.example)),
    ...(options.loader === undefined ? [] : [await write(`${CODE_FOLDER}/${options.loader.module}.py`, options.loader.source)]),
  ];
  const sizes = await Promise.all(content.map(async ({ from }) => (await stat(from)).size));
  const environment: FilePlacement[] = [];
  for (const [name, text] of Object.entries(environmentFiles(options))) environment.push(await write(name, text));
  const descriptor = await write(
    'MLmodel',
    mlmodelText({
      features: options.example.columns,
      saved: options.saved,
      loader: options.loader,
      pythonVersion: options.pythonVersion,
      sizeBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      createdAt: options.createdAt,
    }),
  );
  return [...content, ...environment, descriptor];
}
