import { binValue, type Counts } from './weight-of-evidence.ts';

export interface MergeOptions {
  readonly maxBins: number;
  /** Least share of all rows (or of their weight) in a bin. */
  readonly minShare: number;
  /** Which way the share of defaults may go as the value grows; any: up and down. */
  readonly trend: 'rising' | 'falling' | 'either' | 'any';
}

/**
 * The merging of neighbouring fine bins that keeps the most information value, found exactly by dynamic programming: each bin
 * large enough and with both classes, and the share of defaults going one way only. Of equal values, the fewer bins.
 * @param total of the whole column, unknown values too
 * @returns how many fine bins each merged bin takes, in order; one entry, all of them, where no cut is allowed
 */
export function mergeBins(bins: readonly Counts[], total: Counts, options: MergeOptions): readonly number[] {
  const runs = allowedRuns(bins, total, options.minShare);
  if (options.trend !== 'either') return search(runs, options.maxBins, options.trend).sizes;
  const [rising, falling] = [search(runs, options.maxBins, 'rising'), search(runs, options.maxBins, 'falling')];
  return rising.value >= falling.value ? rising.sizes : falling.sizes;
}

/** What fine bins from…to are worth as one bin, at from·n + to; NaN where that may not be one. */
interface Runs {
  readonly n: number;
  readonly value: Float64Array;
  /** Share of defaults. */
  readonly rate: Float64Array;
}

function allowedRuns(bins: readonly Counts[], total: Counts, minShare: number): Runs {
  const n = bins.length;
  const least = minShare * (total.good + total.bad);
  const [value, rate] = [new Float64Array(n * n).fill(Number.NaN), new Float64Array(n * n)];
  for (let from = 0; from < n; from++) {
    let good = 0;
    let bad = 0;
    for (let to = from; to < n; to++) {
      good += bins[to]?.good ?? 0;
      bad += bins[to]?.bad ?? 0;
      if (good + bad < least || good === 0 || bad === 0) continue;
      value[from * n + to] = binValue({ good, bad }, total);
      rate[from * n + to] = bad / (good + bad);
    }
  }
  return { n, value, rate };
}

interface Layer {
  /** The most value of fine bins 0…to of which the last bin is from…to; −∞ where there is none. */
  readonly value: Float64Array;
  /** Where the bin before begins. */
  readonly before: Int16Array;
}

function search(runs: Runs, maxBins: number, trend: 'rising' | 'falling' | 'any'): { value: number; sizes: readonly number[] } {
  const { n } = runs;
  const layers: Layer[] = [firstLayer(runs)];
  let best = { value: 0, layer: -1, from: 0 };
  for (let count = 0; count < Math.min(maxBins, n); count++) {
    const layer = layers[count];
    if (layer === undefined) break;
    for (let from = 0; from < n; from++) {
      const value = layer.value[from * n + n - 1] ?? Number.NEGATIVE_INFINITY;
      // Rounding must not make a bin of nothing.
      if (value > best.value + 1e-12) best = { value, layer: count, from };
    }
    layers.push(nextLayer(runs, layer, trend));
  }
  return { value: best.value, sizes: best.layer < 0 ? [n] : sizesOf(layers, best, n) };
}

function firstLayer({ n, value }: Runs): Layer {
  const first = new Float64Array(n * n).fill(Number.NEGATIVE_INFINITY);
  for (let to = 0; to < n; to++) if (!Number.isNaN(value[to])) first[to] = value[to] ?? 0;
  return { value: first, before: new Int16Array(n * n) };
}

/** One bin more than the layer before. */
function nextLayer({ n, value, rate }: Runs, layer: Layer, trend: 'rising' | 'falling' | 'any'): Layer {
  const [most, before] = [new Float64Array(n * n).fill(Number.NEGATIVE_INFINITY), new Int16Array(n * n)];
  for (let from = 0; from < n; from++) {
    for (let to = from; to < n - 1; to++) {
      const found = layer.value[from * n + to] ?? Number.NEGATIVE_INFINITY;
      if (found === Number.NEGATIVE_INFINITY) continue;
      const rateBefore = rate[from * n + to] ?? 0;
      for (let end = to + 1, at = (to + 1) * n + to + 1; end < n; end++, at++) {
        const change = (rate[at] ?? 0) - rateBefore;
        if (trend === 'rising' ? change <= 0 : trend === 'falling' && change >= 0) continue;
        const sum = found + (value[at] ?? Number.NaN);
        if (sum > (most[at] ?? 0)) {
          most[at] = sum;
          before[at] = from;
        }
      }
    }
  }
  return { value: most, before };
}

function sizesOf(layers: readonly Layer[], end: { readonly layer: number; readonly from: number }, n: number): readonly number[] {
  const sizes: number[] = [];
  let { from } = end;
  let to = n - 1;
  for (let layer = end.layer; layer >= 0; layer--) {
    sizes.unshift(to - from + 1);
    const before = layers[layer]?.before[from * n + to] ?? 0;
    to = from - 1;
    from = before;
  }
  return sizes;
}
