import { join } from 'node:path';
import { type FilePlacement, type InputExample, writeModelFolder } from '../../pipeline/index.ts';
import { modelFile } from '../champion/champion-files.ts';
import type { ModelSummary } from '../train/stage.ts';
import { fittedFiles } from './fitted-files.ts';
import { pyfuncLoader } from './pyfunc-loader.ts';
import { pythonVersion } from './python-version.ts';

interface Located {
  readonly path: string;
}

export interface ModelInputs {
  readonly model: Located;
  readonly calibrator: Located;
  readonly decision: Located;
  readonly catalogue: Located;
  readonly summary: Located;
  /** Not known before `explain`. */
  readonly explanationReference: Located | null;
  readonly fittedState: Located | null;
}

/** Those of our own files that travel with the model, name to path: they are proven by a digest in a tag of the version. */
export async function ownFiles(inputs: ModelInputs): Promise<Readonly<Record<string, string>>> {
  return {
    'calibrator.json': inputs.calibrator.path,
    'decision.json': inputs.decision.path,
    'catalogue.json': inputs.catalogue.path,
    'summary.json': inputs.summary.path,
    ...(inputs.explanationReference !== null && { 'explanation_reference.json': inputs.explanationReference.path }),
    ...(await fittedFiles(inputs.fittedState?.path)),
  };
}

/** The files of the model as Python opens it, MLmodel last. */
export async function modelFiles(
  inputs: ModelInputs,
  facts: {
    readonly summary: ModelSummary;
    readonly example: InputExample;
    readonly projectDir: string;
    readonly tempDir: string;
    /** ms since 1970. */
    readonly createdAt: number;
  },
): Promise<readonly FilePlacement[]> {
  const { summary, example, projectDir, tempDir, createdAt } = facts;
  return writeModelFolder({
    folder: join(tempDir, 'model'),
    model: inputs.model.path,
    extra: await ownFiles(inputs),
    example,
    createdAt,
    loader: pyfuncLoader(summary.format),
    pythonVersion: await pythonVersion(projectDir),
    saved: { file: modelFile(summary.format), format: summary.format, library: summary.library, version: summary.libraryVersion },
  });
}

/** What MLflow is told of the model beside its files. */
export function loggedModel(modelName: string, summary: ModelSummary) {
  return {
    name: modelName,
    // A logged model may not have in its name what a registered one may.
    loggedName: modelName.replaceAll(/[.%"']/g, '-'),
    type: summary.library,
    params: { rounds: String(summary.rounds), features: String(summary.features.length) },
  };
}
