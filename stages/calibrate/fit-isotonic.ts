import { isAscending } from '../metrics/ranked-counts.ts';
import { rowsByValue } from '../metrics/row-order.ts';
import type { LabelledScores } from './labelled-scores.ts';

export interface IsotonicCalibrator {
  readonly method: 'isotonic';
  readonly x: number[];
  readonly y: number[];
}

/**
 * The rising step function of least squares, by pooling adjacent violators over the distinct scores; points inside a flat
 * stretch are dropped, as scikit-learn's IsotonicRegression drops them.
 */
export function fitIsotonic(scores: LabelledScores): IsotonicCalibrator {
  const { x, weight, sum, length } = groupByScore(scores);
  // Blocks take the place of the scores that they hold: their masses, and where each begins.
  const first = new Uint32Array(length + 1);
  let blocks = 0;
  for (let at = 0; at < length; at++) {
    let [mass, defaults, start] = [weight[at] ?? 0, sum[at] ?? 0, at];
    while (blocks > 0 && (sum[blocks - 1] ?? 0) / (weight[blocks - 1] ?? 0) >= defaults / mass) {
      blocks--;
      mass = (weight[blocks] ?? 0) + mass;
      defaults = (sum[blocks] ?? 0) + defaults;
      start = first[blocks] ?? 0;
    }
    weight[blocks] = mass;
    sum[blocks] = defaults;
    first[blocks++] = start;
  }
  first[blocks] = length;
  const points: { readonly x: number[]; readonly y: number[] } = { x: [], y: [] };
  for (let block = 0; block < blocks; block++) {
    const level = (sum[block] ?? 0) / (weight[block] ?? 0);
    const [from, to] = [first[block] ?? 0, (first[block + 1] ?? 0) - 1];
    for (const end of from === to ? [from] : [from, to]) {
      points.x.push(x[end] ?? Number.NaN);
      points.y.push(level);
    }
  }
  return { method: 'isotonic', ...points };
}

interface Groups {
  /** Distinct scores ascending, the weight of their rows and of their defaults; only the first `length` of each count. */
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  readonly length: number;
}

/** Rows that weigh nothing are left out. */
function groupByScore({ target, probability, weight }: LabelledScores): Groups {
  const rows = probability.length;
  // A bootstrap fits the same rows a hundred times, and hands them in order.
  const order = isAscending(probability) ? null : rowsByValue(probability);
  const groups = { x: new Float64Array(rows), weight: new Float64Array(rows), sum: new Float64Array(rows) };
  let last = -1;
  for (let at = 0; at < rows; at++) {
    const row = order?.[at] ?? at;
    const score = probability[row] ?? Number.NaN;
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    if (!(mass > 0)) continue;
    if (last < 0 || groups.x[last] !== score) groups.x[++last] = score;
    groups.weight[last] = (groups.weight[last] ?? 0) + mass;
    groups.sum[last] = (groups.sum[last] ?? 0) + (target[row] === 1 ? mass : 0);
  }
  return { ...groups, length: last + 1 };
}
