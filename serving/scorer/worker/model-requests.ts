import type { LaneContract } from './lane.ts';

/** A model as a worker opens it. */
export interface ModelRef {
  readonly key: string;
  /** Where its files lie, proven. */
  readonly folder: string;
  readonly sha256: string;
}

interface Rows {
  readonly key: string;
  readonly rows: number;
  /** Row-major, in the model's order of features. */
  readonly data: Float32Array;
}

/** What the workers that hold models are asked. A key must have been opened. */
export interface ModelRequests extends LaneContract {
  readonly open: {
    readonly ask: ModelRef;
    readonly answer: {
      readonly explainer:
        | { readonly kind: 'exact'; readonly method: 'tree-shap' | 'linear' }
        | { readonly kind: 'none'; readonly reason: string };
    };
  };
  readonly close: { readonly ask: { readonly key: string }; readonly answer: null };
  readonly score: { readonly ask: Rows; readonly answer: { readonly margin: Float32Array; readonly calibrated: Float64Array } };
  /** A value a feature, row-major; additivity is asserted in the worker. With them the score, which is computed for that anyway. */
  readonly explain: {
    readonly ask: Rows;
    readonly answer: {
      readonly values: Float32Array;
      readonly bias: number;
      readonly margin: Float32Array;
      readonly calibrated: Float64Array;
    };
  };
}
