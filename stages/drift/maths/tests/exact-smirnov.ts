/**
 * P(D ≥ distance) of the two-sample Smirnov statistic, exactly. A random order of n reference and m current rows is a
 * lattice path from (0, 0) to (n, m); the chance that a path to (i, j) has touched |i/n − j/m| ≥ D obeys
 * P(i, j) = [i·P(i−1, j) + j·P(i, j−1)] / (i + j), since the last step came from the left with chance i/(i + j).
 * Only positive terms are added, so the smallest p-values keep their digits. O(n·m·D) time, O(m) memory.
 */
export function exactSmirnov(n: number, m: number, distance: number): number {
  const divisor = greatestCommonDivisor(n, m);
  const [perReference, perCurrent] = [m / divisor, n / divisor];
  /** Distance in units of 1/lcm(n, m): a whole number. */
  const limit = Math.round(distance * perReference * n);
  if (limit === 0) return 1;
  /** Row i of P; cells outside the band hold 1. */
  const row = new Float64Array(m + 1).fill(1);
  for (let i = 0; i <= n; i++) {
    const first = Math.max(0, Math.floor((i * perReference - limit) / perCurrent) + 1);
    const last = Math.min(m, Math.ceil((i * perReference + limit) / perCurrent) - 1);
    if (first > 0) row[first - 1] = 1;
    for (let j = first; j <= last; j++) {
      if (i === 0 && j === 0) {
        row[0] = 0;
        continue;
      }
      const fromLeft = i === 0 ? 0 : i * (row[j] ?? 1);
      const fromBelow = j === 0 ? 0 : j * (row[j - 1] ?? 1);
      row[j] = (fromLeft + fromBelow) / (i + j);
    }
  }
  return row[m] ?? 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
