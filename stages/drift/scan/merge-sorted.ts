import { NumberBuffers } from './number-buffers.ts';

export interface MergedCounts {
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * Distinct values of two parts, ascending, with how often each occurs in either, in buffers that the next merge uses again.
 * @param reference sorted, finite
 * @param current sorted, finite
 */
export function mergeSorted(reference: Float64Array, current: Float64Array, buffers = new NumberBuffers()): MergedCounts {
  const most = reference.length + current.length;
  const [values, before, after] = [buffers.take('values', most), buffers.take('before', most), buffers.take('after', most)];
  let [i, j, at] = [0, 0, 0];
  for (; i < reference.length || j < current.length; at++) {
    const left = i < reference.length ? (reference[i] ?? 0) : Number.POSITIVE_INFINITY;
    const right = j < current.length ? (current[j] ?? 0) : Number.POSITIVE_INFINITY;
    // Zero with and without a sign are one value, and the one without stands for both.
    const value = (left < right ? left : right) + 0;
    const [from, start] = [i, j];
    while (i < reference.length && reference[i] === value) i++;
    while (j < current.length && current[j] === value) j++;
    values[at] = value;
    before[at] = i - from;
    after[at] = j - start;
  }
  return { values: values.subarray(0, at), reference: before.subarray(0, at), current: after.subarray(0, at) };
}
