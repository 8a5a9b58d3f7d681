import { sampleRows } from '../../../stages/explanations/sample-rows.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { Population } from '../../book/population.ts';
import type { BivariateAnswer } from '../population-answer.ts';
import { populationFacts } from './standing.ts';

/** More points than this hide each other. */
const POINTS = 1000;

interface Axis {
  readonly feature: string;
  readonly column: number;
  readonly label: Sentence;
}

/** Two features of a sample of the population, the same sample each time. @param row the applicant's */
export function bivariateOf(population: Population, axes: { readonly x: Axis; readonly y: Axis }, row: Float32Array): BivariateAnswer {
  const [xs, ys] = [population.column(axes.x.column), population.column(axes.y.column)];
  const picked = [...sampleRows(population.clients, POINTS, 2)];
  const points = picked.flatMap((at): BivariateAnswer['points'] => {
    const [x, y] = [xs[at] ?? Number.NaN, ys[at] ?? Number.NaN];
    return Number.isNaN(x) || Number.isNaN(y) ? [] : [{ x, y, outcome: population.outcomes[at] === 1 ? 'defaulted' : 'repaid' }];
  });
  const own = { x: row[axes.x.column] ?? Number.NaN, y: row[axes.y.column] ?? Number.NaN };
  return {
    population: populationFacts(population),
    x: { feature: axes.x.feature, label: axes.x.label },
    y: { feature: axes.y.feature, label: axes.y.label },
    points,
    applicant: Number.isNaN(own.x) || Number.isNaN(own.y) ? null : own,
    leftOut: picked.length - points.length,
  };
}
