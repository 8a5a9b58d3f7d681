import { createHash } from 'node:crypto';
import type { DecisionEntry, LoggedDecision, NewDecision } from './decision-entry.ts';

/** A row of the log as it is stored. */
export interface LogRow {
  readonly id: number;
  /** The entry as JSON. */
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The last row. Kept elsewhere, it proves that nothing was cut off or rewritten since. */
export interface ChainHead {
  /** 0 of an empty log. */
  readonly id: number;
  readonly hash: string;
}

/** What the first decision follows. */
export const GENESIS: ChainHead = { id: 0, hash: '0'.repeat(64) };

/** sha256 of the hash before, a line feed and the entry's text as UTF-8, in hex. */
export function chainHash(previousHash: string, body: string): string {
  return createHash('sha256').update(`${previousHash}\n${body}`).digest('hex');
}

/** The row that follows `head`. @param now UTC; a clock that was set back does not take the log back in time */
export function nextRow(head: ChainHead & { readonly time: string | null }, decision: NewDecision, now: Date): LogRow {
  const clock = now.toISOString();
  const entry: DecisionEntry = {
    id: head.id + 1,
    time: head.time !== null && head.time > clock ? head.time : clock,
    officer: decision.officer,
    applicantId: decision.applicantId,
    decision: decision.decision,
    override: decision.decision !== decision.modelDecision,
    reason: decision.reason,
    model: decision.model,
    modelDecision: decision.modelDecision,
    probabilityOfDefault: decision.probabilityOfDefault,
    logOdds: decision.logOdds,
    threshold: decision.threshold,
    reasons: decision.reasons,
    featureDigest: decision.featureDigest,
    ...(decision.request === undefined ? {} : { request: decision.request }),
    inputs: decision.inputs,
  };
  const body = JSON.stringify(entry);
  return { id: entry.id, body, previousHash: head.hash, hash: chainHash(head.hash, body) };
}

/** The decision of a row that the log itself has written: what reads rows of doubtful origin is `verifyLog`. */
export function decisionOf({ body, previousHash, hash }: LogRow): LoggedDecision {
  return { ...(JSON.parse(body) as DecisionEntry), previousHash, hash };
}
