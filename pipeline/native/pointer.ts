/** A pointer as koffi gives it; null before a call has filled it. */
export type Handle = bigint | null;

/** Where a call writes one value. */
export type Out<T> = [T];
