import type { ChainHead, LogRow } from './chain.ts';
import type { LoggedDecision, NewDecision } from './decision-entry.ts';

export interface DecisionQuery {
  readonly officer?: string;
  readonly applicantId?: number;
  readonly override?: boolean;
  /** Decisions with a smaller id. */
  readonly before?: number;
  readonly limit: number;
}

export interface DecisionCounts {
  readonly total: number;
  readonly overrides: number;
  readonly refused: number;
}

/**
 * The append-only log of officers' decisions; one suite holds every implementation to it. Rows are never changed or removed: the database
 * refuses it, and what gets past that is found by `verifyLog`.
 */
export interface DecisionLog {
  /** Where it is, without secrets. */
  readonly place: string;
  /**
   * Resolves when the decision is on disk. Calls at once, from one process or several, follow each other without gaps.
   * Where the officer's request is logged already, nothing is, and that decision is given, whatever its digest.
   * @throws SluiceError DECISION_LOG_UNAVAILABLE; then nothing was logged, or the hint says that this is not known
   */
  append(decision: NewDecision): Promise<LoggedDecision>;
  get(id: number): Promise<LoggedDecision | null>;
  /** What an officer's request with a key came to. */
  byRequest(officer: string, key: string): Promise<LoggedDecision | null>;
  /** Newest first. */
  list(query: DecisionQuery): Promise<{ readonly decisions: readonly LoggedDecision[]; readonly total: number }>;
  counts(): Promise<DecisionCounts>;
  /** As stored, by id, those after `after`. */
  rows(after: number, limit: number): Promise<readonly LogRow[]>;
  head(): Promise<ChainHead>;
  /** Names of the database's own guards against changes that are gone. */
  missingGuards(): Promise<readonly string[]>;
  close(): Promise<void>;
}
