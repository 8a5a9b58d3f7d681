/**
 * P(U ≥ u) of the two-sample Cramér–von Mises rank statistic for small samples, by the recursion of Xiao, Gordon and
 * Yakovlev (J. Stat. Soft. 17(8), 2006): the frequencies of Σ over lattice points of (a·v − b·u)², path by path.
 */
export function exactCramerVonMises(u: number, n: number, m: number): number {
  const lcm = (n * m) / greatestCommonDivisor(n, m);
  const [perReference, perCurrent] = [lcm / n, lcm / m];
  const product = n * m;
  const least = Math.floor((lcm ** 2 * (n + m) * (6 * u - product * (4 * product - 1))) / (6 * product ** 2));
  /** For row i of the lattice: statistic so far to number of paths. */
  let row: Map<number, number>[] = [];
  for (let i = 0; i <= n; i++) {
    const next: Map<number, number>[] = [];
    for (let j = 0; j <= m; j++) {
      const step = (perReference * i - perCurrent * j) ** 2;
      const paths = new Map<number, number>(i === 0 && j === 0 ? [[0, 1]] : []);
      for (const from of [next[j - 1], row[j]])
        for (const [value, count] of from ?? []) paths.set(value + step, (paths.get(value + step) ?? 0) + count);
      next.push(paths);
    }
    row = next;
  }
  let [tail, all] = [0, 0];
  for (const [value, count] of row[m] ?? []) {
    all += count;
    if (value >= least) tail += count;
  }
  return tail / all;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
