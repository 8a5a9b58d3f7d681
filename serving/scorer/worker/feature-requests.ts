import type { Counterfactual } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { PlausibleRanges } from '../../../stages/explanations/counterfactual/plausible-ranges.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { ModelRef } from './model-requests.ts';

export interface FeatureModel extends ModelRef {
  /** In the order of the model's matrix. */
  readonly features: readonly string[];
  readonly threshold: number;
}

/** What the worker that makes features is asked. Rows are those of one applicant, with SK_ID_CURR. */
export interface FeatureRequests extends Record<string, { readonly ask: unknown; readonly answer: unknown }> {
  /** @throws ARTIFACT_SCHEMA for a feature that this program does not make */
  readonly open: { readonly ask: FeatureModel; readonly answer: null };
  readonly close: { readonly ask: { readonly key: string }; readonly answer: null };
  readonly book: { readonly ask: { readonly folder: string }; readonly answer: null };
  /** Of somebody of the book; no application row where nobody has the id. */
  readonly rows: { readonly ask: { readonly id: number }; readonly answer: RawRows };
  readonly features: { readonly ask: { readonly key: string; readonly rows: RawRows }; readonly answer: Float32Array };
}

/** What the worker that tries other loans is asked: a second or so each, hence a thread of its own. */
export interface LoanRequests extends Record<string, { readonly ask: unknown; readonly answer: unknown }> {
  readonly counterfactual: {
    readonly ask: { readonly model: FeatureModel; readonly rows: RawRows; readonly row: Float32Array; readonly ranges: PlausibleRanges };
    readonly answer: Counterfactual;
  };
}
