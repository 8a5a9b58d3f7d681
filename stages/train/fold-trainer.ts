import type { Booster, BoosterParams, DMatrix, FloatMatrix, Xgboost } from '../../pipeline/index.ts';
import { type Development, foldRows } from './development.ts';
import { selectRows, selectValues } from './submatrix.ts';

export interface TrainingData {
  readonly features: FloatMatrix;
  readonly target: Float32Array;
  readonly fold: Development['fold'];
}

/** The model of one fold: trained on the rows outside it, asked about the rows inside it. */
export class FoldTrainer implements Disposable {
  readonly fold: number;
  /** Row numbers of validation. */
  readonly rows: Uint32Array;
  readonly validTarget: Float32Array;
  readonly trainTarget: Float32Array;
  readonly #train: DMatrix;
  readonly #valid: DMatrix;
  readonly #booster: Booster;

  constructor(
    xgb: Xgboost,
    data: TrainingData,
    fold: number,
    options: { readonly parameters: BoosterParams; readonly positiveWeight: number },
  ) {
    const { inside, outside } = foldRows(data.fold, fold);
    this.fold = fold;
    this.rows = inside;
    this.validTarget = selectValues(data.target, inside);
    this.trainTarget = selectValues(data.target, outside);
    this.#train = trainingMatrix(xgb, selectRows(data.features, outside), this.trainTarget, options);
    this.#valid = xgb.matrix(selectRows(data.features, inside));
    this.#booster = xgb.booster(options.parameters, [this.#train, this.#valid]);
  }

  /** @param round counts from 1 */
  train(round: number): void {
    this.#booster.update(round - 1, this.#train);
  }

  validMargin(): Float32Array {
    return this.#booster.predict(this.#valid, { type: 'margin' });
  }

  trainMargin(): Float32Array {
    return this.#booster.predict(this.#train, { type: 'margin' });
  }

  /** On the rows of validation, with the first so many rounds. */
  predict(type: 'margin' | 'value', rounds: number): Float32Array {
    return this.#booster.predict(this.#valid, { type, iterationEnd: rounds });
  }

  [Symbol.dispose](): void {
    this.#booster.free();
    this.#valid.free();
    this.#train.free();
  }
}

/** Binned once by `max_bin` of the parameters, defaults weighted. */
export function trainingMatrix(
  xgb: Xgboost,
  features: FloatMatrix,
  target: Float32Array,
  { parameters, positiveWeight }: { readonly parameters: BoosterParams; readonly positiveWeight: number },
): DMatrix {
  const weight = positiveWeight === 1 ? {} : { weight: target.map((value) => (value === 1 ? positiveWeight : 1)) };
  return xgb.quantileMatrix(features, { label: target, ...weight, maxBin: Number(parameters['max_bin']) });
}
