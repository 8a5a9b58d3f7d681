import { type Booster, type BoosterParams, type DMatrix, SluiceError, type Xgboost } from '../../../../pipeline/index.ts';
import type { Prediction } from '../../../scoring/model/fitted-model.ts';
import type { RowView } from '../../row-view.ts';
import type { LabelledRows, Learner } from '../trainer.ts';

export interface BoosterRows {
  readonly train: LabelledRows;
  readonly valid: RowView | null;
  /** Names of the columns that hold categories. */
  readonly categorical: ReadonlySet<string>;
}

/** A booster that grows by one round at a time. The rows are binned once, by `max_bin` of the parameters. */
export class BoosterLearner implements Learner {
  readonly #train: DMatrix;
  readonly #valid: DMatrix | null;
  readonly #booster: Booster;

  constructor(xgb: Xgboost, parameters: BoosterParams, { train, valid, categorical }: BoosterRows) {
    const weight = train.weight === null ? {} : { weight: train.weight };
    const maxBin = Number(parameters['max_bin']);
    this.#train = xgb.quantileMatrix(train, { label: train.label, ...weight, maxBin, categorical });
    this.#valid = valid === null ? null : xgb.validationMatrix(valid, { bins: this.#train, maxBin });
    this.#booster = xgb.booster(parameters, this.#valid === null ? [this.#train] : [this.#train, this.#valid]);
  }

  train(round: number): void {
    this.#booster.update(round - 1, this.#train);
  }

  trainMargin(): Float32Array {
    return this.#booster.predict(this.#train, { type: 'margin' });
  }

  validMargin(): Float32Array {
    return this.#booster.predict(this.#validRows(), { type: 'margin' });
  }

  valid(): Prediction {
    const rows = this.#validRows();
    return { margin: this.#booster.predict(rows, { type: 'margin' }), probability: this.#booster.predict(rows, { type: 'value' }) };
  }

  save(): Uint8Array {
    return this.#booster.toBuffer();
  }

  [Symbol.dispose](): void {
    this.#booster.free();
    this.#valid?.free();
    this.#train.free();
  }

  #validRows(): DMatrix {
    if (this.#valid !== null) return this.#valid;
    throw new SluiceError('INTERNAL', 'this learner was started without validation rows');
  }
}
