import { z } from 'zod';
import type { FloatMatrix } from '../../pipeline/index.ts';

const tree = z.object({
  left_children: z.array(z.int()),
  right_children: z.array(z.int()),
  split_indices: z.array(z.int()),
  /** Where to split; in a leaf its value. */
  split_conditions: z.array(z.number()),
  default_left: z.array(z.union([z.int(), z.boolean()])),
  split_type: z.array(z.int()).optional(),
});
type Tree = z.infer<typeof tree>;

/** The part of XGBoost's JSON model that contributions need; numerical splits only. */
export const treeModel = z.object({
  learner: z.object({
    gradient_booster: z.object({ model: z.object({ trees: z.array(tree) }) }),
    learner_model_param: z.object({ base_score: z.string() }),
  }),
});
export type TreeModel = z.infer<typeof treeModel>;

export interface Interventional {
  /** Row-major, rows × columns, in log-odds. */
  readonly values: Float64Array;
  /** Mean margin of the background; with Σφ it is the row's margin. */
  readonly expected: number;
}

/**
 * Interventional TreeSHAP against a background sample, the mean over its rows of exact Shapley values of "this row's value, else the
 * background row's" (Lundberg et al. 2020, Laberge et al. 2022). O(rows · background · nodes met): for comparison, not for a whole book.
 */
export function interventionalContributions({ learner }: TreeModel, rows: FloatMatrix, background: FloatMatrix): Interventional {
  const { trees } = learner.gradient_booster.model;
  const width = rows.columns.length;
  const values = new Float64Array(rows.rows * width);
  const weights = shapleyWeights(deepest(trees));
  for (let row = 0; row < rows.rows; row++) {
    const own = rows.data.subarray(row * width, (row + 1) * width);
    const phi = values.subarray(row * width, (row + 1) * width);
    for (let other = 0; other < background.rows; other++) {
      const pair = { own, other: background.data.subarray(other * width, (other + 1) * width), phi, weights };
      for (const each of trees) walk(each, pair, { node: 0, ownSide: [], otherSide: [] });
    }
    for (let column = 0; column < width; column++) phi[column] = (phi[column] ?? 0) / background.rows;
  }
  return { values, expected: meanMargin(learner, background) };
}

interface Pair {
  readonly own: Float32Array;
  readonly other: Float32Array;
  readonly phi: Float64Array;
  readonly weights: Weights;
}

interface Place {
  readonly node: number;
  /** Features on the way here for which only the row's value leads on, and only the background row's. */
  readonly ownSide: readonly number[];
  readonly otherSide: readonly number[];
}

/** Follows both rows at once; where they part, a leaf counts for the features that had to be the row's or the background's. */
function walk(given: Tree, pair: Pair, { node, ownSide, otherSide }: Place): void {
  const left = given.left_children[node] ?? -1;
  if (left < 0) {
    credit(given.split_conditions[node] ?? 0, pair, { ownSide, otherSide });
    return;
  }
  const feature = given.split_indices[node] ?? 0;
  const [mine, theirs] = [next(given, node, pair.own), next(given, node, pair.other)];
  // A feature met before is bound to the side that it was bound to there.
  if (ownSide.includes(feature) || mine === theirs) walk(given, pair, { node: mine, ownSide, otherSide });
  else if (otherSide.includes(feature)) walk(given, pair, { node: theirs, ownSide, otherSide });
  else {
    walk(given, pair, { node: mine, ownSide: [...ownSide, feature], otherSide });
    walk(given, pair, { node: theirs, ownSide, otherSide: [...otherSide, feature] });
  }
}

function credit(leaf: number, { phi, weights }: Pair, { ownSide, otherSide }: Pick<Place, 'ownSide' | 'otherSide'>): void {
  const [mine, theirs] = [ownSide.length, otherSide.length];
  for (const feature of ownSide) phi[feature] = (phi[feature] ?? 0) + leaf * weights(mine - 1, theirs);
  for (const feature of otherSide) phi[feature] = (phi[feature] ?? 0) - leaf * weights(mine, theirs - 1);
}

/** XGBoost's rule: below the condition to the left, unknown by the node's default. Float32 compared with Float32. */
function next(
  { left_children, right_children, split_indices, split_conditions, default_left }: Tree,
  node: number,
  row: Float32Array,
): number {
  const value = row[split_indices[node] ?? 0] ?? Number.NaN;
  const goesLeft = Number.isNaN(value) ? Boolean(default_left[node]) : value < Math.fround(split_conditions[node] ?? 0);
  return (goesLeft ? left_children[node] : right_children[node]) ?? 0;
}

type Weights = (present: number, absent: number) => number;

/** Share of the orders in which, of present + absent + 1 features, these come before and those after: p! a! / (p + a + 1)!. */
function shapleyWeights(most: number): Weights {
  const factorial = [1];
  for (let at = 1; at <= most + 1; at++) factorial.push((factorial[at - 1] ?? 1) * at);
  return (present, absent) => ((factorial[present] ?? 0) * (factorial[absent] ?? 0)) / (factorial[present + absent + 1] ?? 1);
}

function deepest(trees: readonly Tree[]): number {
  const depth = (given: Tree, node: number): number => {
    const left = given.left_children[node] ?? -1;
    return left < 0 ? 0 : 1 + Math.max(depth(given, left), depth(given, given.right_children[node] ?? 0));
  };
  return Math.max(0, ...trees.map((each) => depth(each, 0)));
}

/** Mean over rows of the sum of leaves and the base score's log-odds. */
function meanMargin(learner: TreeModel['learner'], { rows, columns, data }: FloatMatrix): number {
  const base = Number(learner.learner_model_param.base_score.replaceAll(/[[\]]/g, ''));
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns.length, (row + 1) * columns.length);
    for (const each of learner.gradient_booster.model.trees) {
      let node = 0;
      while ((each.left_children[node] ?? -1) >= 0) node = next(each, node, own);
      sum += each.split_conditions[node] ?? 0;
    }
  }
  return sum / rows + Math.log(base / (1 - base));
}
