/** A function that works something out once for each object, and keeps it as long as the object lives. */
export function oncePer<TKey extends object, T extends object>(make: (key: TKey) => T): (key: TKey) => T {
  const made = new WeakMap<TKey, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
