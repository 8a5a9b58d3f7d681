import type { FloatMatrix } from '../../pipeline/index.ts';
import { conceptsOf, sumByConcept } from '../explanations/concepts.ts';
import { type Contributions, meanAbsolute, rowOf } from '../explanations/contributions.ts';
import { testFaithfulness } from '../explanations/faithfulness.ts';
import { dependenceBins } from '../explanations/figures/dependence-figure.ts';
import { type Reason, type ReasonGroups, reasonKey, reasonsOf } from '../explanations/reasons.ts';
import { sampleRows } from '../explanations/sample-rows.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import type { ExactMethod } from '../scoring/model/fitted-model.ts';
import { pickExamples } from './examples.ts';
import type { ExactExplanations } from './explanations-schema.ts';
import type { ClientReason } from './write-reasons.ts';

export interface Explained {
  readonly method: ExactMethod;
  readonly clients: Int32Array;
  readonly matrix: FloatMatrix;
  readonly contributions: Contributions;
  readonly calibrated: Float64Array;
  readonly threshold: number;
  readonly catalogue: readonly CatalogueEntry[];
  readonly groups: ReasonGroups;
  readonly additivityError: number;
  readonly additivityTolerance: number;
  readonly marginOf: (matrix: FloatMatrix) => Float32Array;
  readonly faithfulnessRows: number;
  readonly seed: number;
}

/** Features with a dependence figure. */
const DEPENDENCE = 4;

/** Everything that is said of the rows explained. */
export function findings(task: Explained): { readonly explanations: ExactExplanations; readonly reasons: readonly ClientReason[] } {
  const { clients, matrix, contributions, calibrated, threshold, catalogue, groups } = task;
  const refused = [...calibrated.keys()].filter((row) => (calibrated[row] ?? Number.NaN) >= threshold);
  const reasons = new Map(refused.map((row) => [row, reasonsOf(groups, rowOf(contributions, row))]));
  const tested = Array.from(sampleRows(refused.length, task.faithfulnessRows, task.seed), (at) => refused[at] ?? 0);
  const { features: _features, ...reference } = groups.reference;
  const concepts = conceptsOf(matrix.columns, catalogue);
  const importance = importanceOf(contributions, concepts, catalogue);
  const explanations: ExactExplanations = {
    method: task.method,
    rows: contributions.rows,
    refused: refused.length,
    additivityError: task.additivityError,
    additivityTolerance: task.additivityTolerance,
    bias: contributions.bias,
    threshold,
    reference,
    importance,
    concepts: conceptImportance(contributions, concepts),
    dependence: importance
      .slice(0, DEPENDENCE)
      .map(({ feature, en }) => ({ feature, en, ...dependenceOf(matrix, contributions, feature) })),
    codes: countCodes([...reasons.values()]),
    withoutReason: [...reasons.values()].filter((list) => list.length === 0).length,
    faithfulness: testFaithfulness({ ...task, refused: tested }),
    examples: pickExamples(calibrated, threshold).map(({ row, why }) => ({
      client: clients[row] ?? 0,
      why,
      margin: contributions.margin[row] ?? Number.NaN,
      calibrated: calibrated[row] ?? Number.NaN,
      decision: (calibrated[row] ?? Number.NaN) >= threshold ? 'refuse' : 'approve',
      concepts: [...sumByConcept(concepts, rowOf(contributions, row))],
      reasons: (reasons.get(row) ?? []).map(({ code: { code, en, fr }, push, features }) => ({
        code,
        en,
        fr,
        push,
        features: [...features],
      })),
    })),
  };
  return { explanations, reasons: refused.flatMap((row) => listed(clients[row] ?? 0, reasons.get(row) ?? [])) };
}

function listed(client: number, reasons: readonly Reason[]): readonly ClientReason[] {
  return reasons.map(({ code, push }, index) => ({ client, rank: index + 1, code: code.code, push }));
}

/** Every feature by mean |φ|, largest first. */
function importanceOf(
  contributions: Contributions,
  concepts: readonly string[],
  catalogue: readonly CatalogueEntry[],
): ExactExplanations['importance'] {
  const labels = new Map(catalogue.map(({ name, en }) => [name, en]));
  const means = meanAbsolute(contributions);
  return contributions.columns
    .map((feature, column) => ({
      feature,
      concept: concepts[column] ?? 'other',
      en: labels.get(feature) ?? feature,
      meanAbs: means[column] ?? Number.NaN,
    }))
    .toSorted((left, right) => right.meanAbs - left.meanAbs || (left.feature < right.feature ? -1 : 1));
}

function conceptImportance(contributions: Contributions, concepts: readonly string[]): ExactExplanations['concepts'] {
  const totals = new Map<string, number>();
  for (let row = 0; row < contributions.rows; row++)
    for (const { concept, sum } of sumByConcept(concepts, rowOf(contributions, row)))
      totals.set(concept, (totals.get(concept) ?? 0) + Math.abs(sum));
  return [...totals]
    .map(([concept, total]) => ({ concept, meanAbs: total / contributions.rows }))
    .toSorted((left, right) => right.meanAbs - left.meanAbs || (left.concept < right.concept ? -1 : 1));
}

function dependenceOf(
  matrix: FloatMatrix,
  contributions: Contributions,
  feature: string,
): Pick<ExactExplanations['dependence'][number], 'bins' | 'unknown'> {
  const { bins, unknown } = dependenceBins({ label: feature, ...columnOf(matrix, contributions, feature) });
  return { bins: [...bins], unknown: unknown === null ? null : { count: unknown.count, mean: unknown.mean } };
}

/** A feature's values and contributions, row by row. */
export function columnOf(
  { rows, columns, data }: FloatMatrix,
  { values }: Contributions,
  feature: string,
): { readonly contributions: Float32Array; readonly values: Float32Array } {
  const column = columns.indexOf(feature);
  const take = (from: Float32Array): Float32Array =>
    Float32Array.from({ length: rows }, (_, row) => from[row * columns.length + column] ?? Number.NaN);
  return { contributions: take(values), values: take(data) };
}

function countCodes(lists: readonly (readonly Reason[])[]): ExactExplanations['codes'] {
  const counts = new Map<string, ExactExplanations['codes'][number]>();
  for (const list of lists)
    list.forEach(({ code: reason }, index) => {
      const { code, concept, en, fr } = reason;
      const key = reasonKey(reason);
      const count = counts.get(key) ?? { code, concept, en, fr, named: 0, first: 0 };
      counts.set(key, { ...count, named: count.named + 1, first: count.first + (index === 0 ? 1 : 0) });
    });
  return [...counts.values()].toSorted((left, right) => right.named - left.named || (left.code < right.code ? -1 : 1));
}
