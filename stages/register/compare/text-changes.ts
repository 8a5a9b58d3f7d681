export interface TextChange {
  readonly name: string;
  /** Null: not there. */
  readonly before: string | null;
  readonly now: string | null;
}

/** What differs between two records, by name. */
export function textChanges(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): readonly TextChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  return names.map((name) => ({ name, before: own(before, name), now: own(now, name) })).filter((change) => change.before !== change.now);
}

function own(record: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}
