export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `over` on top of `base`: maps key by key, anything else replaced. An empty entry (`train:` and nothing below) changes nothing in a map. */
export function deepMerge(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    if (isRecord(before) && (isRecord(value) || value === null)) merged[key] = deepMerge(before, value ?? {});
    else merged[key] = value;
  }
  return merged;
}
