import process from 'node:process';
import type { RowView } from '../row-view.ts';
import { Dataset, type DatasetInfo } from './dataset.ts';
import { type Library, loadLibrary } from './library.ts';
import { loadModel } from './load-model.ts';
import { locateLightgbm } from './locate-library.ts';
import type { LightgbmParams } from './parameters.ts';
import { TreeBooster } from './tree-booster.ts';

/** The only door to lib_lightgbm. Calls are synchronous: they block the event loop for as long as they take. */
export class Lightgbm {
  readonly #library: Library;
  readonly #threads: number;

  constructor(library: Library, threads: number) {
    this.#library = library;
    this.#threads = threads;
  }

  /** Such as "4.7.0"; "unknown" for a library outside its wheel. */
  get version(): string {
    return this.#library.version;
  }

  get path(): string {
    return this.#library.path;
  }

  /** Bins rows for training, by the parameters that their booster will have. */
  dataset(view: RowView, info: DatasetInfo): Dataset {
    this.#library.calls.LGBM_SetMaxThreads(this.#threads);
    return new Dataset(this.#library, view, info);
  }

  /** An empty model on a dataset, which follows its predictions for another one, of the same bins. Both must outlive it. */
  booster(params: LightgbmParams, train: Dataset, valid: Dataset | null = null): TreeBooster {
    return TreeBooster.create(this.#library, { train, valid, params, threads: this.#threads });
  }

  /** A saved model. @throws SluiceError MODEL_DAMAGED */
  loadModel(source: Uint8Array | string, expectedSha256?: string): TreeBooster {
    return loadModel(this.#library, source, { threads: this.#threads, ...(expectedSha256 === undefined ? {} : { expectedSha256 }) });
  }
}

/** Finds and loads lib_lightgbm. @param threads of OpenMP; results do not depend on it @throws SluiceError NATIVE_NOT_FOUND */
export function openLightgbm({
  projectDir = process.cwd(),
  threads,
}: {
  readonly projectDir?: string;
  readonly threads: number;
}): Lightgbm {
  return new Lightgbm(loadLibrary(locateLightgbm(projectDir)), threads);
}
