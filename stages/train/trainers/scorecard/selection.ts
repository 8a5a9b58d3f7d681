import { type Design, designMargin } from '../logistic/design.ts';
import { fitLogistic } from '../logistic/fit-logistic.ts';

export interface SelectionOptions {
  readonly label: Float32Array;
  readonly weight: Float32Array | null;
  readonly penalty: number;
  /** Of two inputs that may both be in. */
  readonly maxCorrelation: number;
}

/**
 * Forward selection of a scorecard's characteristics, one a step: the one whose score statistic is largest given those that are
 * in (Rao 1948), not too correlated with any of them, and such that every coefficient keeps the sign that the bins promise: more
 * weight of evidence, less risk. Ties go to the first column.
 */
export class Selection {
  readonly #design: Design;
  readonly #options: SelectionOptions;
  readonly #margin: Float64Array;
  /** Too correlated, or of the wrong sign beside the others. */
  readonly #out = new Set<number>();
  #chosen: readonly number[] = [];
  #weights: Float64Array;

  /** @param design weights of evidence minus their mean, one input a candidate */
  constructor(design: Design, options: SelectionOptions) {
    this.#design = design;
    this.#options = options;
    this.#margin = new Float64Array(design.rows);
    this.#weights = this.#fit([]);
  }

  /** Inputs in the order in which they came in. */
  get chosen(): readonly number[] {
    return this.#chosen;
  }

  /** Coefficients in the order of `chosen`, then the intercept. */
  get weights(): Float64Array {
    return this.#weights;
  }

  /** Log-odds of the training rows. */
  margin(): Float64Array {
    return this.#margin;
  }

  /** @returns whether one came in */
  add(): boolean {
    for (let best = this.#best(); best >= 0; best = this.#best()) {
      this.#out.add(best);
      const weights = this.#fit([...this.#chosen, best]);
      if (weights.some((value, at) => at < weights.length - 1 && value >= 0)) continue;
      this.#chosen = [...this.#chosen, best];
      this.#weights = weights;
      this.#leaveOutAlike(best);
      this.#fit(this.#chosen);
      return true;
    }
    this.#fit(this.#chosen);
    return false;
  }

  /** The candidate with the largest score statistic; −1 where none would lower the risk. */
  #best(): number {
    const { rows, width, data } = this.#design;
    const { label, weight } = this.#options;
    const [slope, information] = [new Float64Array(width), new Float64Array(width)];
    for (let row = 0; row < rows; row++) {
      const p = 1 / (1 + Math.exp(-(this.#margin[row] ?? 0)));
      const mass = weight?.[row] ?? 1;
      const [r, v] = [mass * (p - (label[row] ?? 0)), mass * p * (1 - p)];
      for (let at = 0; at < width; at++) {
        const x = data[row * width + at] ?? 0;
        slope[at] = (slope[at] ?? 0) + r * x;
        information[at] = (information[at] ?? 0) + v * x * x;
      }
    }
    let [best, most] = [-1, 0];
    for (let at = 0; at < width; at++) {
      const s = slope[at] ?? 0;
      const statistic = s > 0 && !this.#out.has(at) ? (s * s) / (information[at] ?? 0) : 0;
      if (statistic > most) [best, most] = [at, statistic];
    }
    return best;
  }

  /** Fits and leaves the margins behind. */
  #fit(inputs: readonly number[]): Float64Array {
    const { rows, width, data } = this.#design;
    const part = new Float32Array(rows * inputs.length);
    for (let row = 0, at = 0; row < rows; row++) for (const input of inputs) part[at++] = data[row * width + input] ?? 0;
    const design = { rows, width: inputs.length, data: part };
    const { weights } = fitLogistic(design, this.#options.label, { l2: this.#options.penalty, l1: 0, weight: this.#options.weight });
    designMargin(design, weights, this.#margin);
    return weights;
  }

  #leaveOutAlike(chosen: number): void {
    const { rows, width, data } = this.#design;
    const [products, squares] = [new Float64Array(width), new Float64Array(width)];
    for (let row = 0; row < rows; row++) {
      const own = data[row * width + chosen] ?? 0;
      for (let at = 0; at < width; at++) {
        const x = data[row * width + at] ?? 0;
        products[at] = (products[at] ?? 0) + own * x;
        squares[at] = (squares[at] ?? 0) + x * x;
      }
    }
    const ownSquares = squares[chosen] ?? 0;
    for (let at = 0; at < width; at++) {
      const correlation = (products[at] ?? 0) / Math.sqrt(ownSquares * (squares[at] ?? 0));
      if (Math.abs(correlation) > this.#options.maxCorrelation) this.#out.add(at);
    }
  }
}
