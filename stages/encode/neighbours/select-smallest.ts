/**
 * Hoare's selection: reorders keys and what goes with them so that the first `count` keys are the smallest ones.
 * @param companions reordered as the keys are
 * @returns the largest of the first `count` keys; −∞ for a count of 0
 */
export function selectSmallest(keys: Float64Array, companions: Int32Array | Uint8Array, count: number, end = keys.length): number {
  const wanted = count - 1;
  if (wanted < 0) return Number.NEGATIVE_INFINITY;
  let low = 0;
  let high = end - 1;
  while (low < high) {
    const pivot = keys[(low + high) >> 1] ?? 0;
    let up = low;
    let down = high;
    while (up <= down) {
      while ((keys[up] ?? 0) < pivot) up++;
      while ((keys[down] ?? 0) > pivot) down--;
      if (up <= down) swap(keys, companions, up++, down--);
    }
    if (wanted <= down) high = down;
    else if (wanted >= up) low = up;
    else break;
  }
  return keys[wanted] ?? Number.NEGATIVE_INFINITY;
}

function swap(keys: Float64Array, companions: Int32Array | Uint8Array, one: number, other: number): void {
  const key = keys[one] ?? 0;
  keys[one] = keys[other] ?? 0;
  keys[other] = key;
  const companion = companions[one] ?? 0;
  companions[one] = companions[other] ?? 0;
  companions[other] = companion;
}
