import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import type { ModelIdentity, ProbabilityOfDefault, Reason, Threshold } from '../scorer/score-answer.ts';

type Verdict = 'grant' | 'refuse';

/** What an officer decided, and everything that it rests on. */
export interface NewDecision {
  readonly officer: string;
  /** SK_ID_CURR of somebody of the book; null of raw rows. */
  readonly applicantId: number | null;
  readonly model: ModelIdentity;
  readonly featureDigest: string;
  readonly logOdds: number;
  readonly probabilityOfDefault: ProbabilityOfDefault;
  readonly threshold: Threshold;
  readonly modelDecision: Verdict;
  /** The officer's. An override is one that is not the model's. */
  readonly decision: Verdict;
  /** In the officer's words; never null of an override. */
  readonly reason: string | null;
  /** The model's, as they were. */
  readonly reasons: readonly (Reason & Sentence)[];
  /** The raw rows that were scored. */
  readonly inputs: RawRows;
}

/** A decision as it is logged: the text of this, as JSON, is what is hashed. */
export interface DecisionEntry extends NewDecision {
  /** From 1, without gaps. */
  readonly id: number;
  /** UTC, ISO 8601; never before the one of the decision before. */
  readonly time: string;
  readonly override: boolean;
}

/** A decision that is in the log. */
export interface LoggedDecision extends DecisionEntry {
  readonly previousHash: string;
  readonly hash: string;
}
