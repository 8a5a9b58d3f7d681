import { type Booster, type BoosterParams, SluiceError, type Xgboost } from '../../../../pipeline/index.ts';
import type { Prediction } from '../../../scoring/model/fitted-model.ts';
import type { Learner } from '../trainer.ts';
import type { BoosterRows } from './booster-learner.ts';
import type { SharedBins } from './shared-bins.ts';

/** A booster of some rows of a book whose bins others train on as well: before each round it puts its own labels and weights there. */
export class SharedLearner implements Learner {
  readonly #bins: SharedBins;
  readonly #booster: Booster;
  readonly #rows: { readonly train: Uint32Array; readonly valid: Uint32Array };
  /** Of all rows; those that it does not train on weigh 0, whatever label stands there. */
  readonly #label: Float32Array;
  readonly #weight: Float32Array;
  #freed = false;

  constructor(xgb: Xgboost, parameters: BoosterParams, { train, valid, bins }: BoosterRows & { readonly bins: SharedBins }) {
    this.#bins = bins;
    this.#rows = { train: train.rows, valid: valid?.rows ?? new Uint32Array() };
    this.#label = new Float32Array(train.matrix.rows);
    this.#weight = new Float32Array(train.matrix.rows);
    train.rows.forEach((row, at) => {
      this.#label[row] = train.label[at] ?? 0;
      this.#weight[row] = train.weight?.[at] ?? 1;
    });
    this.#booster = xgb.booster(parameters, [bins.matrix]);
  }

  train(round: number): void {
    this.#bins.matrix.setLabel(this.#label);
    this.#bins.matrix.setWeight(this.#weight);
    this.#booster.update(round - 1, this.#bins.matrix);
  }

  trainMargin(): Float32Array {
    return this.#of('margin', this.#rows.train);
  }

  validMargin(): Float32Array {
    return this.#of('margin', this.#rows.valid);
  }

  valid(): Prediction {
    return { margin: this.#of('margin', this.#rows.valid), probability: this.#of('value', this.#rows.valid) };
  }

  save(): Uint8Array {
    return this.#booster.toBuffer();
  }

  [Symbol.dispose](): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#booster.free();
    this.#bins.free();
  }

  #of(type: 'margin' | 'value', rows: Uint32Array): Float32Array {
    if (this.#freed) throw new SluiceError('INTERNAL', 'this learner has been disposed of');
    const all = this.#booster.predict(this.#bins.matrix, { type });
    return Float32Array.from(rows, (row) => all[row] ?? Number.NaN);
  }
}
