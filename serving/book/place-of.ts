/** The first of `length` places where something holds that holds at all after it, by bisection; `length` where it holds nowhere. */
export function firstPlace(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of ascending numbers are below one. */
export function countBelow(ascending: Int32Array, number: number): number {
  return firstPlace(ascending.length, (place) => (ascending[place] ?? 0) >= number);
}

/** The place of a number among ascending ones; null where it is not there. */
export function placeOf(ascending: Int32Array, number: number): number | null {
  const place = countBelow(ascending, number);
  return ascending[place] === number ? place : null;
}
