import { FORMAT_EXTENSIONS, type ModelFormat } from '../scoring/model/formats.ts';

/** Name of a registered model's file: `model` and what its format is written with. */
export function modelFile(format: ModelFormat): string {
  return `model${FORMAT_EXTENSIONS[format]}`;
}

/** The model's file of a version, by what is known to be there; `model.ubj` where nothing is. */
export function modelFileOf(present: (file: string) => boolean): string {
  return (
    Object.values(FORMAT_EXTENSIONS)
      .map((extension) => `model${extension}`)
      .find(present) ?? modelFile('xgboost-ubj')
  );
}

/** Folder of encode's state beside a registered model. */
export const FITTED_FOLDER = 'fitted';

const FITTED_FILE = new RegExp(`^${FITTED_FOLDER}/\\w[\\w.-]*$`);

/**
 * Files of a registered model that the gate scores with: the model, what belongs to it, and the state that its fitted columns are of, where
 * it was registered with one.
 * @param registered files of the version that have their sha256 in a tag
 */
export function championFiles(registered: readonly string[]): readonly string[] {
  const model = modelFileOf((file) => registered.includes(file));
  return [model, 'summary.json', 'calibrator.json', 'decision.json', ...registered.filter((file) => FITTED_FILE.test(file))];
}
