import type { FloatMatrix } from '../../../pipeline/index.ts';

/** What a model says of each row. */
export interface Prediction {
  /** Log-odds of default. */
  readonly margin: Float32Array;
  /** The model's own output, σ(margin). */
  readonly probability: Float32Array;
}

/** TreeSHAP of trees; coefficient times distance from the mean of linear models. */
export type ExactMethod = 'tree-shap' | 'linear';

/** How a model's margin comes about, feature by feature. */
export type Explainer =
  | {
      /** Contributions that add up to the margin. */
      readonly kind: 'exact';
      readonly method: ExactMethod;
      /** Row-major, `features + 1` a row: φ of each feature in log-odds, then the bias. */
      readonly contributions: (matrix: FloatMatrix) => Float32Array;
    }
  | {
      readonly kind: 'none';
      /** For people: why this model has no exact contributions. */
      readonly reason: string;
    };

/** A trained model, whichever library trained it, ready to score. Calls are synchronous. Free it once with `using`. */
export interface FittedModel extends Disposable {
  /** Input columns in the order of the model's matrix. */
  readonly features: readonly string[];
  /** @throws SluiceError where the matrix's names, order or count are not the model's */
  predict(matrix: FloatMatrix): Prediction;
  /** The same probabilities alone, where a library has them in less time. The matrix must hold no infinite value. */
  readonly probability?: (matrix: FloatMatrix) => Float32Array;
  readonly explainer: Explainer;
}
