import { assertNever, SluiceError } from '../../../pipeline/index.ts';
import type { FittedModel } from './fitted-model.ts';
import type { ModelFormat } from './formats.ts';
import { type Categories, withKnownCategories } from './known-categories.ts';

export interface LoadOptions {
  readonly summary: ModelFacts;
  /** Of the file, where it is known: compared before any library sees a byte. */
  readonly sha256?: string;
  readonly threads: number;
  readonly projectDir: string;
}

/** The part of the train stage's summary that loading needs. */
export interface ModelFacts {
  readonly format: ModelFormat;
  readonly features: readonly string[];
  readonly categories?: Categories | undefined;
}

/** What a format's loader is given. */
export interface ModelFile {
  readonly path: string;
  readonly options: LoadOptions;
}

/**
 * A model of any format, by what its summary declares. Its features must be the summary's, in that order.
 * @throws SluiceError MODEL_DAMAGED where the file is not whole, not what was registered, or not of the summary
 */
export async function loadFittedModel(path: string, options: LoadOptions): Promise<FittedModel> {
  const model = await load({ path, options });
  const { features } = options.summary;
  if (features.length === model.features.length && features.every((name, at) => name === model.features[at])) {
    return withKnownCategories(model, options.summary.categories);
  }
  model[Symbol.dispose]();
  throw new SluiceError(
    'MODEL_DAMAGED',
    `the summary lists ${features.length} features that are not the ${model.features.length} of ${path}, or not in its order`,
    { hint: 'Model and summary must come from one run: `sluice run train --force=train` makes both.' },
  );
}

async function load(file: ModelFile): Promise<FittedModel> {
  const { format } = file.options.summary;
  switch (format) {
    case 'xgboost-ubj':
      return (await import('./xgboost-model.ts')).loadXgboostModel(file);
    case 'lightgbm-text':
      return (await import('./lightgbm-model.ts')).loadLightgbmModel(file);
    case 'logistic-json':
      return (await import('./logistic-model.ts')).loadLogisticModel(file);
    case 'ml-xgboost-json':
      return (await import('./portable-model.ts')).loadPortableModel(file);
    case 'scorecard-json':
      return (await import('./scorecard-model.ts')).loadScorecardModel(file);
    case 'dummy-json':
      return (await import('./dummy-model.ts')).loadDummyModel(file);
    case 'mlp-json':
      return (await import('./mlp-model.ts')).loadMlpModel(file);
    default:
      return assertNever(format);
  }
}
