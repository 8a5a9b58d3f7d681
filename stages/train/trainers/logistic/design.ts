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
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
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
  const even = rows - (rows % 4);
  let total = 0;
  // Four rows at a time: the sums go through memory a quarter as often.
  for (let row = 0; row < even; row += 4) {
    const [a, b, c, d] = [residual[row] ?? 0, residual[row + 1] ?? 0, residual[row + 2] ?? 0, residual[row + 3] ?? 0];
    total += a + b + (c + d);
    let [first, second, third, fourth] = [row * width, (row + 1) * width, (row + 2) * width, (row + 3) * width];
    for (let at = 0; at < width; at++) {
      const sum = a * (data[first++] ?? 0) + b * (data[second++] ?? 0) + (c * (data[third++] ?? 0) + d * (data[fourth++] ?? 0));
      out[at] = (out[at] ?? 0) + sum;
    }
  }
  for (let row = even; row < rows; row++) {
    const [r, start] = [residual[row] ?? 0, row * width];
    total += r;
    for (let at = 0; at < width; at++) out[at] = (out[at] ?? 0) + r * (data[start + at] ?? 0);
  }
  out[width] = total;
}
