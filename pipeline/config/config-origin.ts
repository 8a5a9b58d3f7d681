import type { SourceLocation } from '../errors/sluice-error.ts';

/** Where a resolved value came from: a place in a file, `-S` on the command line, or its schema. */
export type ConfigOrigin = { readonly file: string; readonly line: number; readonly column: number } | 'flag' | 'default';

/** Places of one key: of its name and of its value. */
export interface KeyPlaces {
  readonly key: SourceLocation;
  readonly value: SourceLocation;
}

export type ConfigPath = readonly (string | number)[];

export function dottedKey(path: ConfigPath): string {
  return path.join('.');
}
