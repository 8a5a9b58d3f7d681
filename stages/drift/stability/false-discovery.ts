/**
 * p-values adjusted for the false discovery rate (Benjamini and Hochberg 1995): of the columns called changed at adjusted p ≤ q, at
 * most a share q is expected not to have changed. In the order given; null stays null and is no test.
 */
export function falseDiscovery(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).toSorted((a, b) => b.p - a.p || a.index - b.index);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 1;
  tested.forEach(({ p, index }, at) => {
    least = Math.min(least, (p * tested.length) / (tested.length - at));
    adjusted[index] = least;
  });
  return adjusted;
}
