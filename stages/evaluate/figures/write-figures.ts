import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetricPoint } from '../../../pipeline/index.ts';
import type { Evaluation } from '../evaluation-schema.ts';
import { importanceFigure, liftFigure } from './bar-figures.ts';
import { calibrationFigure } from './calibration-figure.ts';
import { costFigure } from './cost-figure.ts';
import { precisionRecallFigure, rocFigure } from './curve-figures.ts';
import { renderSvg } from './render-svg.ts';
import { roundsFigure } from './rounds-figure.ts';

/** Writes `<name>.svg` of every figure into a folder; rounds only where training logged them. */
export async function writeFigures(folder: string, evaluation: Evaluation, trainMetrics: readonly MetricPoint[]): Promise<void> {
  const makers = [rocFigure, precisionRecallFigure, calibrationFigure, costFigure, liftFigure, importanceFigure];
  const rounds = roundsFigure(trainMetrics);
  const figures = [...makers.map((make) => make(evaluation)), ...(rounds === null ? [] : [rounds])];
  for (const figure of figures) await writeFile(join(folder, `${figure.name}.svg`), await renderSvg(figure));
}
