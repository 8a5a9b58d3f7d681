import type { DecisionLog } from '../decisions/decision-log.ts';
import type { Scoring } from '../scorer/scoring.ts';
import type { ScoreMonitor } from './score-monitor.ts';
import type { z } from 'zod';
import type { monitorResponse } from './schemas/service.ts';

export type DriftReport = NonNullable<z.infer<typeof monitorResponse>['report']>;

export type EvaluationReport = NonNullable<z.infer<typeof monitorResponse>['evaluation']>;

/** What the routes work with. */
export interface ApiServices {
  readonly scoring: Scoring;
  readonly decisions: DecisionLog;
  readonly monitor: ScoreMonitor;
  /** Of the pipeline's last drift stage; null where there is none. */
  readonly driftReport: () => Promise<DriftReport | null>;
  /** Of the pipeline's last evaluate stage; null where there is none. */
  readonly evaluation?: () => Promise<EvaluationReport | null>;
  /** Aborted once the server shuts down: /ready says so, so that nobody sends new calls. */
  readonly closing: AbortSignal;
}
