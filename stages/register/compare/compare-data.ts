import type { Decision } from '../../calibrate/stage.ts';
import type { Evaluation } from '../../evaluate/evaluation-schema.ts';
import type { ChampionComparison } from '../../gate/comparison.ts';
import type { Verdict } from '../../gate/stage.ts';
import type { ModelSummary } from '../../train/stage.ts';
import type { ChampionRun, DatasetFacts } from './champion-run.ts';

/** What the compare page is made of. */
export interface CompareData {
  /** Such as "credit-scoring version 3". */
  readonly champion: string;
  readonly verdict: Verdict | null;
  readonly evaluation: Evaluation;
  /** Null where the champion could not be scored on the same rows; `verdict` says why. */
  readonly comparison: ChampionComparison | null;
  readonly challenger: { readonly summary: ModelSummary; readonly decision: Decision } & RunSide;
  /** Each null where it could not be read. */
  readonly former: { readonly summary: ModelSummary | null; readonly decision: Decision | null; readonly run: ChampionRun | null };
}

export interface RunSide {
  readonly params: Readonly<Record<string, string>>;
  readonly datasets: readonly DatasetFacts[];
  readonly commit: string | null;
}
