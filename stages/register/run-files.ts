import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlacement } from '../../pipeline/index.ts';

interface Located {
  readonly path: string;
}

export interface FileInputs {
  readonly predictions: Located;
  readonly modelCard: Located;
  readonly reportPage: Located;
  readonly driftPage: Located | null;
  readonly driftResult: Located | null;
  readonly verdict: Located | null;
  readonly figures: Located;
  readonly evaluation: Located;
  readonly calibrator: Located;
  readonly decision: Located;
  readonly catalogue: Located;
  readonly summary: Located;
}

/** The evidence that goes with a run, under the names that others rely on. */
export async function runFiles(inputs: FileInputs, sample: string): Promise<readonly FilePlacement[]> {
  const named: Readonly<Record<string, Located | null>> = {
    'predictions/holdout.parquet': inputs.predictions,
    'predictions/holdout_inputs_sample.parquet': { path: sample },
    'model_card.md': inputs.modelCard,
    'reports/run.html': inputs.reportPage,
    'reports/drift.html': inputs.driftPage,
    'reports/drift.json': inputs.driftResult,
    'verdict.json': inputs.verdict,
    'evaluation.json': inputs.evaluation,
    'calibrator.json': inputs.calibrator,
    'decision.json': inputs.decision,
    'catalogue.json': inputs.catalogue,
    'summary.json': inputs.summary,
  };
  const figures = (await readdir(inputs.figures.path)).filter((name) => name.endsWith('.svg')).toSorted();
  return [
    ...Object.entries(named).flatMap(([path, file]) => (file === null ? [] : [{ path, from: file.path }])),
    ...figures.map((name) => ({ path: `figures/${name}`, from: join(inputs.figures.path, name) })),
  ];
}
