import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { FittedModel } from './fitted-model.ts';

/** Of each feature of categories: what its values 0, 1, … stand for, how many training rows had it, and whether the model knows it. */
export type Categories = Readonly<Record<string, { readonly level: string; readonly rows: number; readonly known: boolean }[]>>;

/**
 * A model that takes a category it has not learnt for an unknown value, NaN, which it has a way for. libxgboost would send it down the
 * left side of every split without a word, lib_lightgbm down the right.
 */
export function withKnownCategories(model: FittedModel, categories: Categories = {}): FittedModel {
  if (Object.keys(categories).length === 0) return model;
  const { explainer, probability } = model;
  const known = (matrix: FloatMatrix): FloatMatrix =>
    recode(matrix, (name) => {
      const levels = categories[name];
      return levels === undefined ? null : (code) => (levels[code]?.known === true ? code : Number.NaN);
    });
  return {
    features: model.features,
    predict: (matrix) => model.predict(known(matrix)),
    ...(probability === undefined ? {} : { probability: (matrix: FloatMatrix) => probability(known(matrix)) }),
    explainer: explainer.kind === 'none' ? explainer : { ...explainer, contributions: (matrix) => explainer.contributions(known(matrix)) },
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

/**
 * Categories as another model numbers them, by their names; NaN for those that it has no number for.
 * @param levels what the values 0, 1, … of a column of the matrix stand for
 */
export function renumberCategories(
  matrix: FloatMatrix,
  levels: ReadonlyMap<string, readonly string[]>,
  categories: Categories,
): FloatMatrix {
  return recode(matrix, (name) => {
    const [from, to] = [levels.get(name), categories[name]];
    if (from === undefined || to === undefined) return null;
    const codes = from.map((level) => {
      const place = to.findIndex((other) => other.level === level);
      return place < 0 ? Number.NaN : place;
    });
    return (code) => codes[code] ?? Number.NaN;
  });
}

/** Copies the matrix where a value changes; `changeOf` gives null for a column that stays as it is. */
function recode(matrix: FloatMatrix, changeOf: (column: string) => ((value: number) => number) | null): FloatMatrix {
  const width = matrix.columns.length;
  let data: Float32Array | null = null;
  for (const [column, name] of matrix.columns.entries()) {
    const change = changeOf(name);
    if (change === null) continue;
    for (let at = column; at < matrix.rows * width; at += width) {
      const value = matrix.data[at] ?? Number.NaN;
      const changed = change(value);
      if (Object.is(changed, value)) continue;
      data ??= matrix.data.slice(0, matrix.rows * width);
      data[at] = changed;
    }
  }
  return data === null ? matrix : { ...matrix, data };
}
