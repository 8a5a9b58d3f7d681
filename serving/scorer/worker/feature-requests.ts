import type { Counterfactual } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { PlausibleRanges } from '../../../stages/explanations/counterfactual/plausible-ranges.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { ModelRef } from './model-requests.ts';

export interface FeatureModel extends ModelRef {
  /** In the order of the model's matrix. */
  readonly features: readonly string[];
  readonly threshold: number;
}

/** What the thread that makes features is asked. Rows are those of one applicant, with SK_ID_CURR. */
export interface FeatureRequests extends Record<string, { readonly ask: unknown; readonly answer: unknown }> {
  /** @param plans file of `FeaturePlans`. @throws ARTIFACT_SCHEMA for a feature that this program does not make */
  readonly open: { readonly ask: { readonly model: FeatureModel; readonly plans: string }; readonly answer: null };
  readonly close: { readonly ask: { readonly key: string }; readonly answer: null };
  /** Null for rows that only DuckDB itself can make features of. */
  readonly features: { readonly ask: { readonly key: string; readonly rows: RawRows }; readonly answer: Float32Array | null };
}

/** What the process that has DuckDB is asked: it is there while somebody needs it, and what it takes of memory goes with it. */
export interface DuckDbRequests extends Record<string, { readonly ask: unknown; readonly answer: unknown }> {
  /** Plans the SQL of a model's features into a file. */
  readonly plan: { readonly ask: { readonly model: FeatureModel; readonly file: string }; readonly answer: null };
  readonly features: { readonly ask: { readonly model: FeatureModel; readonly rows: RawRows }; readonly answer: Float32Array };
  readonly counterfactual: {
    readonly ask: { readonly model: FeatureModel; readonly rows: RawRows; readonly row: Float32Array; readonly ranges: PlausibleRanges };
    readonly answer: Counterfactual;
  };
}
