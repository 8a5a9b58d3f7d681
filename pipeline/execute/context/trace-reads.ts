/** Collects the dotted paths of the values that a body read, so that a key nobody read invalidates nobody. */
export class ReadTrace {
  readonly #paths = new Set<string>();

  add(path: string): void {
    this.#paths.add(path);
  }

  /** Sorted; a path is listed once. */
  paths(): readonly string[] {
    return [...this.#paths].toSorted();
  }
}

/** A read-only view of a params object that records each leaf that is read. Listing keys records every leaf below. */
export function traceReads<T extends object>(value: T, trace: ReadTrace, prefix: string): T {
  return new Proxy(value, {
    get(target, key, receiver): unknown {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return found;
      const path = `${prefix}.${key}`;
      if (isPlainObject(found)) return traceReads(found, trace, path);
      if (Object.hasOwn(target, key) || found === undefined) trace.add(path);
      return found;
    },
    has(target, key) {
      if (typeof key === 'string') trace.add(`${prefix}.${key}`);
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      trace.add(`${prefix}.*`);
      return Reflect.ownKeys(target);
    },
    set() {
      throw new TypeError('params are read only');
    },
  });
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
