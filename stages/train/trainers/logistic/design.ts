/** Inputs of a linear model, row-major: value (row, input) lies at `row * width + input`. None is NaN. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** out[row] = intercept + Σ coefficients·inputs. In doubles, and always in the same order. */
export function designMargin({ rows, width, data }: Design, weights: Float64Array, out: Float64Array): void {
  const intercept = weights[width] ?? 0;
  const even = width - (width % 4);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    // Four sums, for a processor adds four at a time when none waits for another.
    let [a, b, c, d] = [0, 0, 0, 0];
    let at = 0;
    for (; at < even; at += 4) {
      a += (data[start + at] ?? 0) * (weights[at] ?? 0);
      b += (data[start + at + 1] ?? 0) * (weights[at + 1] ?? 0);
      c += (data[start + at + 2] ?? 0) * (weights[at + 2] ?? 0);
      d += (data[start + at + 3] ?? 0) * (weights[at + 3] ?? 0);
    }
    for (; at < width; at++) a += (data[start + at] ?? 0) * (weights[at] ?? 0);
    out[row] = intercept + (a + b + (c + d));
  }
}

/** out = Σ over rows of residual·inputs, the sum of the residuals behind it. */
export function designGradient({ rows, width, data }: Design, residual: Float64Array, out: Float64Array): void {
  out.fill(0);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const [r, start] = [residual[row] ?? 0, row * width];
    total += r;
    for (let at = 0; at < width; at++) out[at] = (out[at] ?? 0) + r * (data[start + at] ?? 0);
  }
  out[width] = total;
}
