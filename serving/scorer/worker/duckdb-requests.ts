import type { Counterfactual } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { PlausibleRanges } from '../../../stages/explanations/counterfactual/plausible-ranges.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { FeatureModel } from './feature-requests.ts';
import type { LaneContract } from './lane.ts';

/** What the process that has DuckDB is asked: it is there while somebody needs it, and what it takes of memory goes with it. */
export interface DuckDbRequests extends LaneContract {
  /** Plans the SQL of a model's features into a file. */
  readonly plan: { readonly ask: { readonly model: FeatureModel; readonly file: string }; readonly answer: null };
  readonly features: { readonly ask: { readonly model: FeatureModel; readonly rows: RawRows }; readonly answer: Float32Array };
  readonly counterfactual: {
    readonly ask: { readonly model: FeatureModel; readonly rows: RawRows; readonly row: Float32Array; readonly ranges: PlausibleRanges };
    readonly answer: Counterfactual;
  };
}
