import { NearestSoFar } from './nearest-so-far.ts';
import { selectSmallest } from './select-smallest.ts';

/** Points of a leaf: few enough to look at one by one, many enough to spare boxes. */
const LEAF_POINTS = 32;

export interface LabelledPoints {
  readonly dimensions: number;
  /** Row-major, one row a point. */
  readonly values: Float64Array;
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** A point is left out of what is asked on behalf of its own fold. */
  readonly folds: Int8Array;
}

/** The question asked last: how far its k-th nearest was. */
interface Answered {
  readonly point: Float64Array;
  readonly withoutFold: number;
  readonly k: number;
  readonly distance: number;
}

interface Unordered {
  readonly values: Float64Array;
  /** Numbers of points; put in order node by node. */
  readonly order: Int32Array;
}

/**
 * Exact nearest neighbours in few dimensions by Euclidean distance: a k-d tree with a tight box around each node's points.
 * Answers do not depend on the order of the points: all that lie as near as the k-th are counted, ties included.
 */
export class NearestIndex {
  readonly #dimensions: number;
  readonly #values: Float64Array;
  readonly #labels: Uint8Array;
  readonly #folds: Int8Array;
  /** Smallest and largest value by dimension, node by node; children of n are 2n + 1 and 2n + 2. */
  readonly #boxes: Float64Array;
  readonly #ranges: Int32Array;
  readonly #found = new NearestSoFar();
  #previous: Answered = { point: new Float64Array(0), withoutFold: -1, k: Number.NaN, distance: 0 };

  constructor({ dimensions, values, labels, folds }: LabelledPoints) {
    const count = labels.length;
    const order = Int32Array.from({ length: count }, (_, point) => point);
    let nodes = 1;
    for (let largest = count; largest > LEAF_POINTS; largest = Math.ceil(largest / 2)) nodes = nodes * 2 + 1;
    this.#dimensions = dimensions;
    this.#boxes = new Float64Array(nodes * 2 * dimensions);
    this.#ranges = new Int32Array(nodes * 2);
    this.#build({ values, order }, 0, 0, count);
    // Points of a leaf lie side by side.
    this.#values = new Float64Array(values.length);
    order.forEach((point, at) => this.#values.set(values.subarray(point * dimensions, (point + 1) * dimensions), at * dimensions));
    this.#labels = Uint8Array.from(order, (point) => labels[point] ?? 0);
    this.#folds = Int8Array.from(order, (point) => folds[point] ?? 0);
  }

  /** Mean label of the k points nearest to a point, of all there are if fewer; NaN where there is none. @param withoutFold −1 for none */
  meanOfNearest(point: Float64Array, k: number, withoutFold: number): number {
    this.#found.start(k, this.#previous.k === k && this.#previous.withoutFold === withoutFold ? this.#reach(point) : Infinity);
    this.#visit(0, this.#boxDistance(0, point), point, withoutFold);
    const { mean, farthest, count } = this.#found.finish();
    this.#previous = { point, withoutFold, k: count < k ? Number.NaN : k, distance: Math.sqrt(farthest) };
    return mean;
  }

  /** The leaf whose box a point is in or near: points of one leaf, asked about one after the other, are found faster. */
  leafOf(point: Float64Array): number {
    let node = 0;
    for (let left = 1; left * 2 < this.#ranges.length; left = 2 * node + 1) {
      node = this.#boxDistance(left, point) <= this.#boxDistance(left + 1, point) ? left : left + 1;
    }
    return node;
  }

  /** The k-th of this point is no farther than that of the point before and the way there; squared, with room for rounding. */
  #reach(point: Float64Array): number {
    const way = Math.sqrt(point.reduce((sum, value, axis) => sum + (value - (this.#previous.point[axis] ?? 0)) ** 2, 0));
    return (this.#previous.distance + way) ** 2 * (1 + 1e-9) + Number.MIN_VALUE;
  }

  #visit(node: number, distance: number, point: Float64Array, withoutFold: number): void {
    if (distance > this.#found.bound) return;
    const left = 2 * node + 1;
    if (left * 2 >= this.#ranges.length) {
      this.#lookAt(node, point, withoutFold);
      return;
    }
    const toLeft = this.#boxDistance(left, point);
    const toRight = this.#boxDistance(left + 1, point);
    if (toLeft <= toRight) {
      this.#visit(left, toLeft, point, withoutFold);
      this.#visit(left + 1, toRight, point, withoutFold);
    } else {
      this.#visit(left + 1, toRight, point, withoutFold);
      this.#visit(left, toLeft, point, withoutFold);
    }
  }

  #lookAt(leaf: number, point: Float64Array, withoutFold: number): void {
    const dimensions = this.#dimensions;
    const values = this.#values;
    const found = this.#found;
    const end = this.#ranges[2 * leaf + 1] ?? 0;
    for (let at = this.#ranges[2 * leaf] ?? 0; at < end; at++) {
      if (this.#folds[at] === withoutFold) continue;
      let distance = 0;
      for (let axis = 0, value = at * dimensions; axis < dimensions; axis++, value++) {
        const gap = (values[value] ?? 0) - (point[axis] ?? 0);
        distance += gap * gap;
      }
      if (distance <= found.bound) found.add(distance, this.#labels[at] ?? 0);
    }
  }

  /** Squared, from a point to the box of a node; never more than to a point in it, in floating point too. */
  #boxDistance(node: number, point: Float64Array): number {
    const start = node * 2 * this.#dimensions;
    let distance = 0;
    for (let axis = 0; axis < this.#dimensions; axis++) {
      const value = point[axis] ?? 0;
      const low = this.#boxes[start + 2 * axis] ?? 0;
      const high = this.#boxes[start + 2 * axis + 1] ?? 0;
      const gap = value < low ? low - value : value > high ? value - high : 0;
      distance += gap * gap;
    }
    return distance;
  }

  #build(points: Unordered, node: number, start: number, end: number): void {
    this.#ranges.set([start, end], 2 * node);
    const axis = this.#measure(points, node, start, end);
    const left = 2 * node + 1;
    if (left * 2 >= this.#ranges.length) return;
    const middle = (start + end + 1) >> 1;
    const part = points.order.subarray(start, end);
    const along = Float64Array.from(part, (point) => points.values[point * this.#dimensions + axis] ?? 0);
    selectSmallest(along, part, middle - start);
    this.#build(points, left, start, middle);
    this.#build(points, left + 1, middle, end);
  }

  /** Sets a node's box and tells its longest side. */
  #measure({ values, order }: Unordered, node: number, start: number, end: number): number {
    let [longest, length] = [0, -1];
    for (let axis = 0; axis < this.#dimensions; axis++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let at = start; at < end; at++) {
        const value = values[(order[at] ?? 0) * this.#dimensions + axis] ?? 0;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.#boxes.set([low, high], (node * this.#dimensions + axis) * 2);
      if (high - low > length) [longest, length] = [axis, high - low];
    }
    return longest;
  }
}
