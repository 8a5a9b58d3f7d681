import { requireAdditive } from './contributions.ts';

export interface WaterfallStep {
  readonly label: string;
  /** Log-odds added. */
  readonly value: number;
  /** Running totals before and after. */
  readonly from: number;
  readonly to: number;
}

export interface Waterfall {
  /** The model's mean margin. */
  readonly start: number;
  readonly steps: readonly WaterfallStep[];
  /** The applicant's margin: start + Σ steps. */
  readonly end: number;
  /** Contributions that the last step stands for; 0 where all have a step of their own. */
  readonly others: number;
}

export interface WaterfallParts {
  readonly bias: number;
  readonly margin: number;
  readonly labels: readonly string[];
  readonly values: ArrayLike<number>;
}

/**
 * The way from the model's mean to an applicant's margin, largest steps first, the small ones added up in a last one.
 * @param most steps with a name of their own
 * @throws SluiceError MODEL_DAMAGED where the way does not end at the margin
 */
export function waterfallOf({ bias, margin, labels, values }: WaterfallParts, most: number): Waterfall {
  const sorted = labels
    .map((label, index) => ({ label, value: values[index] ?? Number.NaN }))
    .filter(({ value }) => value !== 0)
    .toSorted((left, right) => Math.abs(right.value) - Math.abs(left.value) || (left.label < right.label ? -1 : 1));
  const shown = sorted.slice(0, most);
  const rest = sorted.slice(most);
  const others = rest.reduce((sum, { value }) => sum + value, 0);
  const parts = rest.length === 0 ? shown : [...shown, { label: '', value: others }];
  let total = bias;
  const steps = parts.map(({ label, value }) => {
    const from = total;
    total += value;
    return { label, value, from, to: total };
  });
  requireAdditive(total, margin, 0);
  return { start: bias, steps, end: margin, others: rest.length };
}
