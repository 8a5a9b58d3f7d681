import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { ScoreAnswer } from './score-answer.ts';

/** What one feature adds to the log-odds of default. */
export interface FeatureContribution {
  readonly feature: string;
  /** Null where unknown. */
  readonly value: number | null;
  /** In whole billionths of log-odds. */
  readonly contribution: number;
  /** contribution less the mean among granted applicants; null where the model came without that reference. */
  readonly beyondReference: number | null;
  /** The catalogue's concept in English: the key of {@link ConceptContribution}. */
  readonly concept: string;
  /** What the feature is, in words. */
  readonly description: Sentence;
  /** Sex and age: shown where a model uses them, never a reason. */
  readonly prohibited: boolean;
}

/** Contributions added up by concept. */
export interface ConceptContribution extends Sentence {
  readonly concept: string;
  readonly contribution: number;
  readonly beyondReference: number | null;
}

/** How a score came about. `bias` + Σ contributions = logOdds to 1e-4 · (1 + |logOdds|), asserted on every call; so do the concepts. */
export type Explanation =
  | {
      readonly kind: 'exact';
      /** TreeSHAP of trees; coefficient times distance from the mean of linear models. */
      readonly method: 'tree-shap' | 'linear';
      /** The model's mean log-odds. */
      readonly bias: number;
      /** Largest in size first; features that add nothing at all are left out. */
      readonly contributions: readonly FeatureContribution[];
      readonly concepts: readonly ConceptContribution[];
      /** Groups of features by whether they speak for a refusal or against one, beyond granted applicants, largest first. */
      readonly forRefusal: readonly ConceptContribution[];
      readonly forGrant: readonly ConceptContribution[];
      /** Features compared with granted applicants; null where the model came without a reference: then reasons are missing, and this says so. */
      readonly missing: Sentence | null;
    }
  | {
      readonly kind: 'none';
      /** What is missing for an explanation. */
      readonly why: Sentence;
    };

export interface ExplainAnswer {
  readonly score: ScoreAnswer;
  readonly explanation: Explanation;
}
