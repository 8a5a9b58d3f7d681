import { type Dataset, type Lightgbm, type LightgbmParams, SluiceError, type TreeBooster } from '../../../../pipeline/index.ts';
import type { Prediction } from '../../../scoring/model/fitted-model.ts';
import { lightgbmPrediction } from '../../../scoring/model/lightgbm-model.ts';
import type { RowView } from '../../row-view.ts';
import type { LabelledRows, Learner } from '../trainer.ts';

/** Beyond it, log-odds of a probability in double precision say nothing. */
const NEAREST_TO_CERTAIN = 1e-15;

/** A booster that grows by one round at a time. The rows are binned once, where they lie. */
export class LightgbmLearner implements Learner {
  readonly #train: Dataset;
  readonly #valid: Dataset | null;
  readonly #booster: TreeBooster;
  readonly #validRows: RowView | null;

  constructor(
    lightgbm: Lightgbm,
    {
      parameters: params,
      train,
      valid,
    }: { readonly parameters: LightgbmParams; readonly train: LabelledRows; readonly valid: RowView | null },
  ) {
    const weight = train.weight === null ? {} : { weight: train.weight };
    this.#train = lightgbm.dataset(train, { params, label: train.label, ...weight });
    this.#valid = valid === null ? null : lightgbm.dataset(valid, { params, reference: this.#train });
    this.#booster = lightgbm.booster(params, this.#train, this.#valid);
    this.#validRows = valid;
  }

  train(): void {
    this.#booster.update();
  }

  trainMargin(): Float32Array {
    return logOdds(this.#booster.followed('train', this.#train.rows));
  }

  validMargin(): Float32Array {
    return logOdds(this.#booster.followed('valid', this.#valid?.rows ?? 0));
  }

  /** Asked for often and used once: computed when it is read. */
  valid(): Prediction {
    const view = this.#validRows;
    if (view === null) throw new SluiceError('INTERNAL', 'this learner was started without validation rows');
    const [booster, count] = [this.#booster, this.#booster.rounds];
    let made: Prediction | null = null;
    const predict = (): Prediction => (made ??= lightgbmPrediction(booster, view, count));
    return {
      get margin() {
        return predict().margin;
      },
      get probability() {
        return predict().probability;
      },
    };
  }

  save(): Uint8Array {
    return this.#booster.toBuffer();
  }

  [Symbol.dispose](): void {
    this.#booster.free();
    this.#valid?.free();
    this.#train.free();
  }
}

function logOdds(probability: Float64Array): Float32Array {
  return Float32Array.from(probability, (value) => {
    const inside = Math.min(Math.max(value, NEAREST_TO_CERTAIN), 1 - NEAREST_TO_CERTAIN);
    return Math.log(inside / (1 - inside));
  });
}
