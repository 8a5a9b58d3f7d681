import type { MetricPoint } from '../../pipeline/index.ts';
import type { z } from 'zod';
import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { DriftResult } from '../drift/drift-schema.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';
import type { Explanations } from '../explain/explanations-schema.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import type { Verdict } from '../gate/stage.ts';
import type { ingestSummary } from '../ingest/stage.ts';
import type { ModelSummary } from '../train/stage.ts';
import type { ContractResult } from '../validate/stage.ts';

/** All that the documents are made of, by artifact. Null where the stage behind it did not come to an end. */
export interface Evidence {
  readonly evaluation: Evaluation;
  /** Metric name to its last value. */
  readonly evaluateMetrics: Readonly<Record<string, number>>;
  readonly assessMetrics: Readonly<Record<string, number>>;
  readonly trainMetrics: Readonly<Record<string, number>>;
  readonly calibrationMetrics: Readonly<Record<string, number>>;
  readonly summary: ModelSummary;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly catalogue: readonly CatalogueEntry[];
  readonly contract: ContractResult;
  readonly ingest: z.infer<typeof ingestSummary>;
  readonly explanations: Explanations;
  readonly verdict: Verdict | null;
  readonly drift: DriftResult | null;
  /** Artifact to its sha256. */
  readonly digests: Readonly<Record<string, string>>;
}

/** The last value of every metric that is logged once. */
export function lastValues(points: readonly MetricPoint[]): Record<string, number> {
  const names = new Map<string, number>();
  for (const { name, value } of points) if (!/^fold\d/.test(name)) names.set(name, value);
  return Object.fromEntries([...names].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
