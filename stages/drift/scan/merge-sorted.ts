/** Distinct values of two parts, ascending, with how often each occurs in either. @param reference sorted, finite @param current sorted, finite */
export function mergeSorted(
  reference: Float64Array,
  current: Float64Array,
): { readonly values: Float64Array; readonly reference: Float64Array; readonly current: Float64Array } {
  const most = reference.length + current.length;
  const [values, before, after] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let [i, j, at] = [0, 0, 0];
  for (; i < reference.length || j < current.length; at++) {
    // Zero with and without a sign are one value, and the one without stands for both.
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY) + 0;
    const [from, start] = [i, j];
    while (reference[i] === value) i++;
    while (current[j] === value) j++;
    values[at] = value;
    before[at] = i - from;
    after[at] = j - start;
  }
  return { values: values.subarray(0, at), reference: before.subarray(0, at), current: after.subarray(0, at) };
}
