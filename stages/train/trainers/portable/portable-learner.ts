import type { MlXgboostClass } from 'ml-xgboost';
import { SluiceError } from '../../../../pipeline/index.ts';
import type { Prediction } from '../../../scoring/model/fitted-model.ts';
import { plainRows, type PortableDocument, portablePrediction } from '../../../scoring/model/portable-model.ts';
import { sealedModelBytes } from '../../../scoring/model/sealed-model.ts';
import { copyRows, type RowView } from '../../row-view.ts';
import type { LabelledRows, Learner } from '../trainer.ts';

interface Fit {
  readonly train: Float32Array;
  readonly valid: Prediction | null;
  readonly bytes: Uint8Array;
}

export interface PortableOptions {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly train: LabelledRows;
  readonly valid: RowView | null;
}

/** Fits at once and keeps what will be asked for, so that WebAssembly's memory is free for the next fold. */
export class PortableLearner implements Learner {
  readonly #library: MlXgboostClass;
  readonly #options: PortableOptions;
  #fit: Fit | null = null;

  constructor(library: MlXgboostClass, options: PortableOptions) {
    this.#library = library;
    this.#options = options;
  }

  train(): void {
    const { parameters, train, valid } = this.#options;
    const rows = copyRows(train);
    const model = new this.#library({ ...parameters, scale_pos_weight: positiveWeight(train), silent: 1 });
    try {
      model.train(plainRows(rows), [...train.label]);
      const { model: booster, options } = model.toJSON();
      const document: PortableDocument = {
        format: 'ml-xgboost-json',
        features: [...rows.columns],
        options: { ...options },
        booster: Buffer.from(Int8Array.from(booster).buffer).toString('base64'),
      };
      this.#fit = {
        train: portablePrediction(model, rows).margin,
        valid: valid === null ? null : portablePrediction(model, copyRows(valid)),
        bytes: sealedModelBytes(document),
      };
    } finally {
      model.free();
    }
  }

  trainMargin(): Float32Array {
    return this.#done().train;
  }

  validMargin(): Float32Array {
    return this.valid().margin;
  }

  valid(): Prediction {
    const { valid } = this.#done();
    if (valid !== null) return valid;
    throw new SluiceError('INTERNAL', 'this learner was started without validation rows');
  }

  save(): Uint8Array {
    return this.#done().bytes;
  }

  [Symbol.dispose](): void {
    this.#fit = null;
  }

  #done(): Fit {
    if (this.#fit !== null) return this.#fit;
    throw new SluiceError('INTERNAL', 'this learner was not trained yet');
  }
}

/** The library takes no weights, but one for all defaults. @throws SluiceError STAGE_FAILED for weights that differ within a class */
function positiveWeight({ label, weight }: LabelledRows): number {
  if (weight === null) return 1;
  const [repaid, defaulted] = [0, 1].map((value) => new Set(weight.filter((_, row) => label[row] === value)));
  if ((repaid?.size ?? 0) > 1 || (defaulted?.size ?? 0) > 1) {
    throw new SluiceError('STAGE_FAILED', 'the portable trainer takes one weight for each class, not one for each row', {
      hint: 'Use params.train.trainer: xgboost.',
    });
  }
  return [...(defaulted ?? [1])].reduce((_, value) => value, 1) / [...(repaid ?? [1])].reduce((_, value) => value, 1);
}
