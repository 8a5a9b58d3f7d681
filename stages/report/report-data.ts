import type { MetricPoint } from '../../pipeline/index.ts';
import type { z } from 'zod';
import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { DriftResult } from '../drift/drift-schema.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';
import type { Verdict } from '../gate/stage.ts';
import type { ingestSummary } from '../ingest/stage.ts';
import type { Figure } from '../pages/read-figures.ts';
import type { ModelSummary } from '../train/stage.ts';
import type { contractResult } from '../validate/stage.ts';

/** All that the page is made of. Null where the stage behind it did not come to an end. */
export interface ReportData {
  readonly evaluation: Evaluation;
  readonly figures: readonly Figure[];
  readonly summary: ModelSummary;
  readonly trainMetrics: readonly MetricPoint[];
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly calibrationMetrics: readonly MetricPoint[];
  readonly contract: z.infer<typeof contractResult>;
  readonly ingest: z.infer<typeof ingestSummary>;
  readonly verdict: Verdict | null;
  readonly drift: DriftResult | null;
  /** Name of an input to its sha256. */
  readonly digests: Readonly<Record<string, string>>;
}

/** The last value of a metric, or null where it was not logged. */
export function metric(points: readonly MetricPoint[], name: string): number | null {
  return points.findLast((point) => point.name === name)?.value ?? null;
}
