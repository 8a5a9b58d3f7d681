import type { LabelledScores } from './labelled-scores.ts';

export interface IsotonicCalibrator {
  readonly method: 'isotonic';
  readonly x: number[];
  readonly y: number[];
}

interface Block {
  /** Ends, as positions among the distinct scores. */
  readonly first: number;
  readonly last: number;
  readonly weight: number;
  readonly sum: number;
}

/**
 * The rising step function of least squares, by pooling adjacent violators over the distinct scores; points inside a flat
 * stretch are dropped, as scikit-learn's IsotonicRegression drops them.
 */
export function fitIsotonic(scores: LabelledScores): IsotonicCalibrator {
  const { x, weight, sum } = groupByScore(scores);
  const blocks: Block[] = [];
  for (let at = 0; at < x.length; at++) {
    let block: Block = { first: at, last: at, weight: weight[at] ?? 0, sum: sum[at] ?? 0 };
    for (let before = blocks.at(-1); before !== undefined && level(before) >= level(block); before = blocks.at(-1)) {
      blocks.pop();
      block = { first: before.first, last: block.last, weight: before.weight + block.weight, sum: before.sum + block.sum };
    }
    blocks.push(block);
  }
  const points = blocks.flatMap((block) => {
    const y = level(block);
    const ends = block.first === block.last ? [block.first] : [block.first, block.last];
    return ends.map((end) => ({ x: x[end] ?? Number.NaN, y }));
  });
  return { method: 'isotonic', x: points.map((point) => point.x), y: points.map((point) => point.y) };
}

function level({ sum, weight }: Block): number {
  return sum / weight;
}

/** Distinct scores ascending, with the weight of their rows and of their defaults. Rows that weigh nothing are left out. */
function groupByScore({ target, probability, weight }: LabelledScores): { x: number[]; weight: number[]; sum: number[] } {
  const rows = Uint32Array.from({ length: probability.length }, (_, row) => row);
  // A bootstrap fits the same rows a hundred times, and hands them in order.
  const order = isAscending(probability) ? rows : rows.toSorted((a, b) => (probability[a] ?? 0) - (probability[b] ?? 0));
  const groups = { x: [] as number[], weight: [] as number[], sum: [] as number[] };
  for (const row of order) {
    const score = probability[row] ?? Number.NaN;
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    if (!(mass > 0)) continue;
    if (groups.x.at(-1) !== score) {
      groups.x.push(score);
      groups.weight.push(0);
      groups.sum.push(0);
    }
    const at = groups.x.length - 1;
    groups.weight[at] = (groups.weight[at] ?? 0) + mass;
    groups.sum[at] = (groups.sum[at] ?? 0) + (target[row] === 1 ? mass : 0);
  }
  return groups;
}

function isAscending(values: ArrayLike<number>): boolean {
  for (let at = 1; at < values.length; at++) if (!((values[at - 1] ?? 0) <= (values[at] ?? 0))) return false;
  return true;
}
