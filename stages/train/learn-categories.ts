import type { FloatMatrix } from '../../pipeline/index.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import type { Categories } from '../scoring/model/known-categories.ts';
import type { TrainParams } from './params.ts';

/**
 * What the columns of categories hold, counted over all development rows. Values that stand for too rare a category, or for none,
 * become NaN in the matrix: a fold may lack them, and a library would send them down whichever side it likes.
 */
export function learnCategories(
  { rows, columns, data }: FloatMatrix,
  entries: readonly CatalogueEntry[],
  { minLevelRows }: Pick<TrainParams, 'minLevelRows'>,
): Categories {
  const width = columns.length;
  const found: Record<string, Categories[string]> = {};
  for (const [column, { name, levels }] of entries.entries()) {
    if (levels === undefined) continue;
    const count = new Map<number, number>();
    for (let at = column; at < rows * width; at += width) count.set(data[at] ?? 0, (count.get(data[at] ?? 0) ?? 0) + 1);
    const known = levels.map((level, code) => {
      const having = count.get(code) ?? 0;
      return { level, rows: having, known: having >= minLevelRows };
    });
    for (let at = column; at < rows * width; at += width) if (known[data[at] ?? -1]?.known !== true) data[at] = Number.NaN;
    found[name] = known;
  }
  return found;
}
