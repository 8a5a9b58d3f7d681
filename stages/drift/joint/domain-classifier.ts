import { copyRows, type DMatrix, type FloatMatrix, openXgboost, type Xgboost } from '../../../pipeline/index.ts';
import { delong } from '../../metrics/delong.ts';
import { createPrng } from '../../metrics/prng.ts';
import { shuffledRows } from '../../metrics/shuffled-rows.ts';
import { rowsWhere } from '../../metrics/picked-rows.ts';
import { placesOf } from '../outlook/every-few-rows.ts';

const FOLDS = 3;
const ROUNDS = 25;
const PARAMETERS = {
  objective: 'binary:logistic',
  tree_method: 'hist',
  max_depth: 3,
  eta: 0.3,
  max_bin: 64,
  min_child_weight: 20,
  seed: 7,
} as const;
/** Columns a tree chooses from: all where they are few, so that joint changes are seen. */
const COLUMNS_A_TREE = 100;
/** As many features are named. */
const NAMED = 10;
/** Rows of each fold that features are ranked on: 9,000 in all give a mean |contribution| to a hundredth of itself (decision 0042). */
const RANKED_ROWS = 3000;

export interface DomainResult {
  /** How well a model tells current rows from reference rows it was not fitted to: 0.5 not at all. With DeLong's 95 % interval. */
  readonly auc: { readonly value: number; readonly lo: number; readonly hi: number };
  /** What it tells them by: mean |contribution| in log-odds on rows it was not fitted to, of either part alike, largest first. */
  readonly top: readonly { readonly feature: string; readonly strength: number }[];
  /** Out of fold, the probability of being current, one a reference row. */
  readonly referenceProbability: Float64Array;
}

export interface DomainParts {
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
}

export interface DomainOptions {
  readonly threads: number;
  readonly projectDir: string;
  readonly seed: number;
  /** Columns whose values are numbers of levels: trees split them by sets. */
  readonly categorical?: ReadonlySet<string>;
}

/**
 * Two parts of equal distribution cannot be told apart, whatever the model: this looks at all features together, where tests
 * of single columns see none of their joint changes. Boosted trees on reference (0) against current (1), three folds, AUC out of fold.
 * Both matrices must have the same columns and at least six rows. The same bytes whatever the threads.
 */
export function domainClassifier(parts: DomainParts, { threads, projectDir, seed, categorical }: DomainOptions): DomainResult {
  const pooled = pool(parts);
  const label = Float32Array.from({ length: pooled.rows }, (_, row) => (row < parts.reference.rows ? 0 : 1));
  const fold = folds(label, seed);
  const xgboost = openXgboost({ threads, projectDir });
  const codes = new Set(parts.reference.columns.flatMap((name, at) => (categorical?.has(name) === true ? [`c${at}`] : [])));
  const probability = new Float64Array(pooled.rows);
  const strength = new Float64Array(pooled.columns.length);
  // Eight bytes a value, and binned in half the time that a matrix of nothing but bins takes.
  using binned = xgboost.matrix(pooled, { label, categorical: codes });
  let ranked = 0;
  for (let held = 0; held < FOLDS; held++)
    ranked += judgeFold({ xgboost, pooled, binned, isHeld: fold.map((own) => (own === held ? 1 : 0)) }, { probability, strength });
  const { auc, lo, hi } = delong(label, probability);
  const top = parts.reference.columns
    .map((feature, column) => ({ feature, strength: (strength[column] ?? 0) / ranked }))
    .filter((entry) => entry.strength > 0)
    .toSorted((a, b) => b.strength - a.strength || (a.feature < b.feature ? -1 : 1))
    .slice(0, NAMED);
  return { auc: { value: auc, lo, hi }, top, referenceProbability: probability.slice(0, parts.reference.rows) };
}

interface FoldData {
  readonly xgboost: Xgboost;
  readonly pooled: FloatMatrix;
  /** Binned once, when the first fold trains: cut without a look at which part a row is of, so that no model knows anything of the rows it does not train on (decision 0042). */
  readonly binned: DMatrix;
  /** 1 for a row that judges. */
  readonly isHeld: Uint8Array;
}

/** How many rows features were ranked on. */
function judgeFold(
  { xgboost, pooled, binned, isHeld }: FoldData,
  { probability, strength }: { readonly probability: Float64Array; readonly strength: Float64Array },
): number {
  // A row of weight 0 has no part in training; what a round's trees say of it is at hand all the same.
  binned.setWeight(Float32Array.from(isHeld, (held) => 1 - held));
  const width = pooled.columns.length;
  using booster = xgboost.booster({ ...PARAMETERS, colsample_bytree: Math.min(1, COLUMNS_A_TREE / width) }, [binned]);
  for (let round = 0; round < ROUNDS; round++) booster.update(round, binned);
  const judged = rowsWhere(isHeld.length, (row) => isHeld[row] === 1);
  const value = booster.predict(binned, { type: 'value' });
  for (const row of judged) probability[row] = value[row] ?? Number.NaN;
  const ranked = copyRows({ matrix: pooled, rows: placesOf(judged.length, RANKED_ROWS).map((at) => judged[at] ?? 0) });
  using explained = xgboost.matrix(ranked, { categorical: binned.categorical });
  booster.predict(explained, { type: 'contributions' }).forEach((share, at) => {
    const column = at % (width + 1);
    if (column < width) strength[column] = (strength[column] ?? 0) + Math.abs(share);
  });
  return ranked.rows;
}

/** Rows of the reference, then of the current part; XGBoost refuses some names, and a table’s columns may have any. */
function pool({ reference, current }: DomainParts): FloatMatrix {
  const data = new Float32Array(reference.data.length + current.data.length);
  data.set(reference.data);
  data.set(current.data, reference.data.length);
  return { rows: reference.rows + current.rows, columns: reference.columns.map((_, at) => `c${at}`), data };
}

/** Folds of equal size in either part, drawn: rows in the order of the key may be in the order of time. */
function folds(label: Float32Array, seed: number): Uint8Array {
  const prng = createPrng(seed);
  const fold = new Uint8Array(label.length);
  for (const part of [0, 1]) {
    const rows = rowsWhere(label.length, (row) => label[row] === part);
    shuffledRows(rows.length, prng).forEach((drawn, at) => (fold[rows[drawn] ?? 0] = at % FOLDS));
  }
  return fold;
}
