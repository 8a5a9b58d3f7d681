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

/** Files of a registered model that the gate scores with; each has its sha256 in a tag of the version. */
export function championFiles(model: string): readonly string[] {
  return [model, 'summary.json', 'calibrator.json', 'decision.json'];
}
