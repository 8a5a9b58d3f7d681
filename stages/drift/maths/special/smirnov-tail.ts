import { binomialProbability } from './binomial-probability.ts';

/**
 * P(D_n⁺ ≥ x) of the one-sided statistic (Birnbaum and Tingey 1951):
 * x Σ_v C(n, v) (x + v/n)^(v−1) (1 − x − v/n)^(n−v), each term a binomial probability over its own p, so that
 * neither overflow nor cancellation occurs. O(n).
 */
export function smirnovTail(n: number, x: number): number {
  let sum = 0;
  for (let v = Math.floor(n * (1 - x)); v >= 0; v--) {
    const p = x + v / n;
    if (p <= 1) sum += binomialProbability(v, n, p) / p;
  }
  return x * sum;
}
