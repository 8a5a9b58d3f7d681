/** What an answer was expected to be and is not; `at` is the path to it, such as `run.info.run_id`. */
export class UnexpectedAnswer extends Error {
  constructor(at: string, expected: string) {
    super(`${at === '' ? 'the answer' : at} is not ${expected}`);
    this.name = 'UnexpectedAnswer';
  }
}

/** Takes a value out of an answer. @throws UnexpectedAnswer */
export type Reader<T> = (value: unknown, at: string) => T;

export const text: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw new UnexpectedAnswer(at, 'a text');
};

export const flag: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw new UnexpectedAnswer(at, 'true or false');
};

/** Also where it is written as text: MLflow does so with what JSON cannot say ("NaN", "Infinity"), and here and there with whole numbers. */
export const number: Reader<number> = (value, at) => {
  if (typeof value === 'number') return value;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  if (Number.isNaN(read) && value !== 'NaN') throw new UnexpectedAnswer(at, 'a number');
  return read;
};

export const whole: Reader<number> = (value, at) => {
  if (Number.isSafeInteger(value)) return number(value, at);
  throw new UnexpectedAnswer(at, 'a whole number');
};

/** A version: a text in most answers, a number in some. */
export const digits: Reader<string> = (value, at) => {
  if (typeof value === 'number') return String(value);
  return text(value, at);
};

export function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  return (value, at) => {
    const found = values.find((each) => each === value);
    if (found !== undefined) return found;
    throw new UnexpectedAnswer(at, `one of ${values.join(', ')}`);
  };
}

/** MLflow leaves out what is empty, 0 or false. */
export function or<T, const TOther>(read: Reader<T>, other: TOther): Reader<T | TOther> {
  return (value, at) => (value === undefined ? other : read(value, at));
}

export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, at) => (value === null ? null : read(value, at));
}

/** Read as an object without fields where it is left out. */
export function orEmpty<T>(read: Reader<T>): Reader<T> {
  return (value, at) => read(value === undefined ? {} : value, at);
}

/** Empty where it is left out. */
export function listOf<T>(entry: Reader<T>): Reader<T[]> {
  return (value, at) => {
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new UnexpectedAnswer(at, 'a list');
    return value.map((each: unknown, index) => entry(each, `${at}[${index}]`));
  };
}

type Fields = Readonly<Record<string, Reader<unknown>>>;
type Read<TFields extends Fields> = { [Name in keyof TFields]: ReturnType<TFields[Name]> };

/** Further fields are left out: MLflow adds some in every release. */
export function fields<TFields extends Fields>(readers: TFields): Reader<Read<TFields>> {
  const entries = Object.entries(readers);
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnexpectedAnswer(at, 'an object');
    const given = new Map<string, unknown>(Object.entries(value));
    const read = entries.map(([name, reader]) => [name, reader(given.get(name), at === '' ? name : `${at}.${name}`)]);
    return Object.fromEntries(read) as Read<TFields>; // each of its names, by its own reader
  };
}

export function turned<T, TResult>(read: Reader<T>, turn: (value: T) => TResult): Reader<TResult> {
  return (value, at) => turn(read(value, at));
}
