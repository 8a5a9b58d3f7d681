import type { DistinctTable, EvidentlyMode, LevelTable, NumericTable } from '../distinct-table.ts';
import { histogram } from '../histogram.ts';
import { sturgesEdges } from '../sturges-edges.ts';

/** Hellinger distance √(1 − Σ√(pq)); Evidently bins a number by Sturges' rule over its distinct values, not its rows. */
export function hellinger(table: DistinctTable, mode: EvidentlyMode): number {
  const affinity = table.kind === 'cat' ? levelAffinity(table) : binAffinity(table, mode);
  return Math.sqrt(1 - Math.min(affinity, 1));
}

function levelAffinity({ reference, current, nReference, nCurrent }: LevelTable): number {
  let affinity = 0;
  reference.forEach((count, index) => (affinity += Math.sqrt((count / nReference) * ((current[index] ?? 0) / nCurrent))));
  return affinity;
}

/** Densities times the mean bin width. For a float32 column NumPy rounds edges, width and every sum to float32. */
function binAffinity({ values, reference, current, nReference, nCurrent, precision }: NumericTable, mode: EvidentlyMode): number {
  const round = precision === 'float32' ? Math.fround : (value: number): number => value;
  const edges = sturgesEdges(values[0] ?? 0, values[values.length - 1] ?? 0, values.length, { mode, precision });
  const counts = histogram(values, current, edges);
  const width = round(round((edges[edges.length - 1] ?? 0) - (edges[0] ?? 0)) / (edges.length - 1));
  let affinity = 0;
  histogram(values, reference, edges).forEach((count, index) => {
    const bin = round((edges[index + 1] ?? 0) - (edges[index] ?? 0));
    const density = Math.sqrt((count / bin / nReference) * ((counts[index] ?? 0) / bin / nCurrent));
    affinity = round(affinity + round(round(density) * width));
  });
  return affinity;
}
