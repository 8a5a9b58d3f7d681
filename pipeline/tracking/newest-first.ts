/**
 * Points key by key, of each the last step first. MLflow keeps the newest value of every key and overwrites it with each point that is newer: in the
 * order in which they were measured that costs its processor a fifth more. Histories are read by time and step, whatever the order they came in.
 */
export function newestFirst<TPoint extends { readonly name: string; readonly step: number }>(points: readonly TPoint[]): TPoint[] {
  const series = new Map<string, TPoint[]>();
  for (const point of points) {
    const known = series.get(point.name);
    if (known === undefined) series.set(point.name, [point]);
    else known.push(point);
  }
  return [...series.values()].flatMap((each) => each.toSorted((a, b) => b.step - a.step));
}
