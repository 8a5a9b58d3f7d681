import type { DriftResult } from '../drift-schema.ts';
import { historyLine } from '../history-line.ts';
import { DEFAULT_LIMITS, type DriftLimits } from '../limits.ts';
import { decide, type DecideOptions, type Decision } from './decide.ts';
import { driftFindings } from './findings.ts';
import { reasonsOf } from './reasons.ts';

export interface Judging extends DecideOptions {
  readonly batch: string;
  readonly minRows: number;
  readonly limits?: DriftLimits;
}

export interface Judged {
  /** The comparison with its verdict and decision. */
  readonly result: DriftResult;
  readonly decision: Decision;
}

/** One batch, without history or waivers: what a run's stage decides by. */
export const ALONE: DecideOptions = { waivers: [], before: [], confirm: { act: 1, of: 1, coolDown: 0 }, failOn: 'act' };

/** The one judgement of stage and command: findings by the limits, then waivers and confirmation over batches. */
export function judgeDrift(compared: DriftResult, judging: Judging): Judged {
  const { batch, before, confirm, minRows, limits = DEFAULT_LIMITS } = judging;
  const scorePsiBefore = before.at(-1)?.scorePsi ?? null;
  const decision = decide(driftFindings({ result: compared, minRows, limits, scorePsiBefore }), judging);
  const entry = historyLine(batch, compared, decision);
  const result: DriftResult = {
    ...compared,
    verdict: { status: decision.status, reasons: reasonsOf(decision) },
    decision: { ...decision, batch, confirm: { ...confirm }, findings: [...decision.findings], history: [...before, entry] },
  };
  return { result, decision };
}
