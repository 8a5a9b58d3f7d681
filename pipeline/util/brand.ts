declare const brand: unique symbol;

/** A string that only its one constructor can make, so that a digest is never passed where a run id is meant. */
export type Brand<T, TName extends string> = T & { readonly [brand]: TName };
