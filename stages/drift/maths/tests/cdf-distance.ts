import type { NumericTable } from '../distinct-table.ts';

/** ∫|F_r − F_c|^power dx over the empirical distribution functions, one pass over the distinct values. */
export function cdfDistance({ values, reference, current, nReference, nCurrent }: NumericTable, power: 1 | 2): number {
  let [below, belowCurrent, integral] = [0, 0, 0];
  for (let index = 0; index < values.length - 1; index++) {
    below += reference[index] ?? 0;
    belowCurrent += current[index] ?? 0;
    const gap = Math.abs(below / nReference - belowCurrent / nCurrent);
    const step = (values[index + 1] ?? 0) - (values[index] ?? 0);
    integral += (power === 1 ? gap : gap * gap) * step;
  }
  return integral;
}
