import type { FloatMatrix } from '../../pipeline/index.ts';
import { conceptsOf } from '../explanations/concepts.ts';
import { exactContributions, meanAbsolute } from '../explanations/contributions.ts';
import { sampleRows, selectRows } from '../explanations/sample-rows.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import type { FittedModel } from '../scoring/model/fitted-model.ts';
import type { Evaluation } from './evaluation-schema.ts';

export interface Explanation {
  /** Every feature by mean |φ| in log-odds, largest first. */
  readonly importance: Evaluation['importance'];
  /** Largest |Σφ − margin| over the rows explained. */
  readonly additivityError: number;
  readonly rows: number;
}

export interface ExplainOptions {
  readonly catalogue: readonly CatalogueEntry[];
  /** At most so many rows, drawn without replacement. */
  readonly rows: number;
  readonly seed: number;
}

/**
 * Exact contributions of a sample of rows. Nothing is explained of a model that has none; the explain stage says more.
 * @throws SluiceError MODEL_DAMAGED where they do not add up to the margin
 */
export function explain(model: FittedModel, matrix: FloatMatrix, { catalogue, rows, seed }: ExplainOptions): Explanation {
  if (model.explainer.kind === 'none') return { importance: [], additivityError: 0, rows: 0 };
  const sample = selectRows(matrix, sampleRows(matrix.rows, rows, seed));
  const contributions = exactContributions(model, sample);
  const { columns, additivityError } = contributions;
  const means = meanAbsolute(contributions);
  const concepts = conceptsOf(columns, catalogue);
  const importance = columns
    .map((feature, column) => ({ feature, concept: concepts[column] ?? 'other', meanAbsShap: means[column] ?? Number.NaN }))
    .toSorted((left, right) => right.meanAbsShap - left.meanAbsShap || (left.feature < right.feature ? -1 : 1));
  return { importance, additivityError, rows: sample.rows };
}
