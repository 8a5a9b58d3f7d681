import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlacement } from '../../pipeline/index.ts';

interface Located {
  readonly path: string;
}

/** What there is once the holdout is judged; it goes ahead. */
export interface EarlyFileInputs {
  readonly predictions: Located;
  readonly sample: Located;
  readonly figures: Located;
  readonly evaluation: Located;
  readonly calibrator: Located;
  readonly decision: Located;
  readonly catalogue: Located;
  readonly summary: Located;
}

export interface FileInputs extends EarlyFileInputs {
  readonly modelCard: Located;
  readonly modelCardPage: Located;
  readonly validationPage: Located;
  readonly dataSheetPage: Located;
  readonly explanations: Located;
  readonly explanationPage: Located;
  readonly explanationFigures: Located;
  readonly recourse: Located | null;
  readonly recoursePage: Located | null;
  readonly reportPage: Located;
  readonly driftPage: Located | null;
  readonly driftResult: Located | null;
  readonly verdict: Located | null;
  readonly verdictText: Located | null;
  readonly comparison: Located | null;
}

/** The evidence that goes with a run, under the names that others rely on. */
export async function runFiles(inputs: FileInputs): Promise<readonly FilePlacement[]> {
  const late = named({
    'model_card.md': inputs.modelCard,
    'reports/model_card.html': inputs.modelCardPage,
    'reports/validation.html': inputs.validationPage,
    'reports/data_sheet.html': inputs.dataSheetPage,
    'reports/explanations.html': inputs.explanationPage,
    'explanations.json': inputs.explanations,
    'reports/recourse.html': inputs.recoursePage,
    'recourse.json': inputs.recourse,
    'reports/run.html': inputs.reportPage,
    'reports/drift.html': inputs.driftPage,
    'reports/drift.json': inputs.driftResult,
    'verdict.json': inputs.verdict,
    'verdict.md': inputs.verdictText,
    'comparison.json': inputs.comparison,
  });
  return [...(await earlyFiles(inputs)), ...late, ...(await drawings(inputs.explanationFigures))];
}

export async function earlyFiles(inputs: EarlyFileInputs): Promise<readonly FilePlacement[]> {
  const files = named({
    'predictions/holdout.parquet': inputs.predictions,
    'predictions/holdout_inputs_sample.parquet': inputs.sample,
    'evaluation.json': inputs.evaluation,
    'calibrator.json': inputs.calibrator,
    'decision.json': inputs.decision,
    'catalogue.json': inputs.catalogue,
    'summary.json': inputs.summary,
  });
  return [...files, ...(await drawings(inputs.figures))];
}

function named(files: Readonly<Record<string, Located | null>>): readonly FilePlacement[] {
  return Object.entries(files).flatMap(([path, file]) => (file === null ? [] : [{ path, from: file.path }]));
}

async function drawings({ path: folder }: Located): Promise<readonly FilePlacement[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.svg')).toSorted();
  return names.map((name) => ({ path: `figures/${name}`, from: join(folder, name) }));
}
