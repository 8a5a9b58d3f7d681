import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { LaneContract } from './lane.ts';
import type { ModelRef } from './model-requests.ts';

export interface FeatureModel extends ModelRef {
  /** In the order of the model's matrix. */
  readonly features: readonly string[];
  readonly threshold: number;
}

/** What the thread that makes features is asked. Rows are those of one applicant, with SK_ID_CURR. */
export interface FeatureRequests extends LaneContract {
  /** @param plans file of `FeaturePlans`. @throws ARTIFACT_SCHEMA for a feature that this program does not make */
  readonly open: { readonly ask: { readonly model: FeatureModel; readonly plans: string }; readonly answer: null };
  readonly close: { readonly ask: { readonly key: string }; readonly answer: null };
  /** Null for rows that only DuckDB itself can make features of. */
  readonly features: { readonly ask: { readonly key: string; readonly rows: RawRows }; readonly answer: Float32Array | null };
}
