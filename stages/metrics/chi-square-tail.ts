import erfc from '@stdlib/math-base-special-erfc';
import { logGamma } from './log-gamma.ts';

/** Up to here e⁻ʸ is no less than the least normal number. */
const MOST_PLAIN = 700;

/**
 * P(χ² > x), in closed form (DLMF 8.4.6, 8.4.8, 8.8.2): with y = x/2 and j = 0, 1, … or, for odd degrees, ½, 1½, … below degrees/2, Σ e⁻ʸ yʲ/Γ(j + 1), to
 * which odd degrees add erfc(√y). Summed from the first term, or, where e⁻ʸ itself would be 0, from the largest to both sides. Within 2e-12 of itself
 * at 4,000 degrees, where @stdlib's incomplete gamma function is out by 2 %, of 286 files that each process would load.
 * @param degrees whole, at least 1
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (Number.isNaN(x)) return x;
  const y = x / 2;
  if (y <= 0) return 1;
  if (y === Infinity) return 0;
  const first = degrees % 2 === 0 ? 0 : 0.5;
  const beyond = first === 0 ? 0 : erfc(Math.sqrt(y));
  const terms = (degrees - 2 * first) / 2;
  if (terms === 0) return beyond;
  const isPlain = y < MOST_PLAIN;
  const peak = isPlain ? first : first + Math.min(terms - 1, Math.floor(y - first));
  const start = isPlain
    ? Math.exp(-y) * (first === 0 ? 1 : 2 * Math.sqrt(y / Math.PI))
    : Math.exp(peak * Math.log(y) - y - logGamma(peak + 1));
  let sum = start;
  for (let j = peak, term = start; j > first && term > 0; j--) sum += term *= j / y;
  for (let j = peak + 1, term = start; j < first + terms && term > 0; j++) sum += term *= y / j;
  return Math.min(1, beyond + sum);
}
