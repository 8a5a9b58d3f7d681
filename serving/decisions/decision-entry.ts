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
  /** Of a request that may be sent again: its key, and what it asked. */
  readonly request?: IdempotentRequest;
  /** The raw rows that were scored. */
  readonly inputs: RawRows;
}

/** A request that its sender can repeat: it is logged once, whatever becomes of the answers. */
export interface IdempotentRequest {
  /** The sender's own, one a decision: among those of one officer it stands for one request. */
  readonly key: string;
  /** sha256 of what was asked, in hex: told apart from another request with the same key. */
  readonly digest: string;
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
