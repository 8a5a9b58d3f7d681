import { isSluiceError } from '../../errors/sluice-error.ts';

/** What one look at the machine found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Without it the pipeline of this project does not run. */
  readonly needed: boolean;
  readonly found: string;
  /** The command or edit that mends it; null where nothing is to be done. */
  readonly fix: string | null;
}

export const good = (name: string, found: string): Check => ({ name, ok: true, needed: true, found, fix: null });
export const bad = (name: string, found: string, fix: string): Check => ({ name, ok: false, needed: true, found, fix });
/** Not as it might be, but no run fails for it. */
export const note = (name: string, found: string, fix: string): Check => ({ name, ok: false, needed: false, found, fix });

/** What mends a failure: its own hint, where it has one. */
export function fixOf(error: unknown, otherwise: string): string {
  return (isSluiceError(error) ? error.hint : undefined) ?? otherwise;
}
