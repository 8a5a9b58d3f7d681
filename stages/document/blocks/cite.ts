/** A value in a text, with the place in an artifact that it comes from: no number in a document is typed by hand. */
export class Cited {
  /** As it is printed. */
  readonly text: string;
  readonly value: string | number | boolean | null;
  /** `artifact#/json/pointer`, one or more apart by spaces. */
  readonly source: string;
  constructor(text: string, value: Cited['value'], source: string) {
    this.text = text;
    this.value = value;
    this.source = source;
  }
}

type Leaf = string | number | boolean | null;

export type Quote<T> = (pick: (root: T) => Leaf | undefined, format?: (value: number) => string) => Cited;

/**
 * Quotes values of one artifact: `quote((evaluation) => evaluation.headline.auc.value, fixed(4))`. The place is taken down while the value is
 * looked up, so it cannot be another.
 */
export function quoteFrom<T>(artifact: string, root: T): Quote<T> {
  return (pick, format = String) => {
    const path: string[] = [];
    const value = pick(recording(root, path)) ?? null;
    return new Cited(
      wordsOf(value, format),
      value,
      `${artifact}#${path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
    );
  };
}

/** A number worked out of others, with all of their places. */
export function derive(value: number, format: (value: number) => string, of: readonly Cited[]): Cited {
  return new Cited(wordsOf(value, format), value, of.map(({ source }) => source).join(' '));
}

function wordsOf(value: Leaf, format: (value: number) => string): string {
  if (typeof value === 'number') return Number.isFinite(value) ? format(value) : 'does not exist';
  return value === null ? 'does not exist' : String(value);
}

/** Any object of the path is followed; the last lookup wins. */
function recording<T>(value: T, path: string[]): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key) => {
      if (typeof key === 'string') path.push(key);
      return recording(Reflect.get(target, key), path);
    },
  });
}
