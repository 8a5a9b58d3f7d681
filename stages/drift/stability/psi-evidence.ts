import { psiOfBins } from '../maths/banking-psi.ts';
import { chiSquareTail } from '../../metrics/chi-square-tail.ts';
import { chiSquareQuantile } from '../maths/special/chi-square-quantile.ts';

/** Bins of which less than this is expected in the smaller part are pooled for the test: the χ² law does not hold in them. */
const LEAST_EXPECTED = 5;

export interface PsiEvidence {
  /** Bins of the test, the sparse ones pooled to one. */
  readonly bins: number;
  /** What chance alone gives on average at these row counts: (1/n + 1/m)(bins − 1). */
  readonly expected: number;
  /** What chance alone exceeds in one of twenty cases: (1/n + 1/m)·χ²₀.₉₅(bins − 1). */
  readonly critical: number;
  /** PSI over the pooled bins less what is expected by chance, not below 0: comparable between parts of any size. */
  readonly excess: number;
  /** P(PSI this large | nothing has changed); null for a single bin. */
  readonly p: number | null;
}

/**
 * Whether a population stability index can be chance. With nothing changed, PSI·nm/(n + m) has a χ² distribution of bins − 1
 * degrees of freedom (Yurdakul and Naranjo 2020), so the fixed limits 0.1 and 0.25 mean little in small parts: 1000 rows
 * against 200 pass 0.1 by chance in 7 % of cases.
 * @param reference counts by bin, missing values among them
 */
export function psiEvidence(reference: readonly number[], current: readonly number[]): PsiEvidence {
  const [n, m] = [total(reference), total(current)];
  const pooled = poolSparse(reference, current, Math.min(n, m) / (n + m));
  const psi = psiOfBins(pooled);
  const bins = pooled.reference.length;
  const spread = 1 / n + 1 / m;
  const expected = spread * (bins - 1);
  return {
    bins,
    expected,
    critical: bins > 1 ? spread * chiSquareQuantile(bins - 1, 0.05) : 0,
    excess: Math.max(0, psi - expected),
    p: bins > 1 ? chiSquareTail(psi / spread, bins - 1) : null,
  };
}

interface Counts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

function poolSparse(reference: readonly number[], current: readonly number[], shareOfSmaller: number): Counts {
  const isSparse = reference.map((count, bin) => (count + (current[bin] ?? 0)) * shareOfSmaller < LEAST_EXPECTED);
  const pick = (counts: readonly number[]): { kept: number[]; rest: number } => ({
    kept: counts.filter((_, bin) => isSparse[bin] === false),
    rest: total(counts.filter((_, bin) => isSparse[bin] === true)),
  });
  const [left, right] = [pick(reference), pick(current)];
  const last = left.kept.length - 1;
  if (left.rest + right.rest === 0) return { reference: left.kept, current: right.kept };
  // A rest that is itself sparse joins the last bin that is not.
  if ((left.rest + right.rest) * shareOfSmaller < LEAST_EXPECTED && last >= 0) {
    const join = ({ kept, rest }: typeof left): number[] => kept.map((count, bin) => (bin === last ? count + rest : count));
    return { reference: join(left), current: join(right) };
  }
  return { reference: [...left.kept, left.rest], current: [...right.kept, right.rest] };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
