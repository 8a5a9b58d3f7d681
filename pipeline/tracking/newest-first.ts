/**
 * Points key by key, of each the last step first. MLflow keeps the newest value of every key and overwrites it with each point that is newer: in the
 * order in which they were measured that costs its processor a fifth more. Histories are read by time and step, whatever the order they came in.
 */
export function newestFirst<TPoint extends { readonly step: number }>(
  points: readonly TPoint[],
  keyOf: (point: TPoint) => string,
): TPoint[] {
  const series = new Map<string, TPoint[]>();
  for (const point of points) {
    const [key, known] = [keyOf(point), series.get(keyOf(point))];
    if (known === undefined) series.set(key, [point]);
    else known.push(point);
  }
  return [...series.values()].flatMap((each) => each.toSorted((a, b) => b.step - a.step));
}
