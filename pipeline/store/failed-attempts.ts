import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SluiceError, serializeError } from '../errors/sluice-error.ts';

/** How many failed attempts of a stage are kept, the newest. */
export const KEPT_ATTEMPTS = 3;

export interface FailedAttempt {
  readonly artifactsDir: string;
  readonly stage: string;
  readonly run: string;
  /** The staging folder that the body wrote its outputs to. */
  readonly stagingDir: string;
  readonly error: SluiceError;
}

export function failedDir(artifactsDir: string): string {
  return join(artifactsDir, 'failed');
}

/**
 * Keeps what a failed body had written, for a look: `<artifacts>/failed/<stage>-<run>/{out,error.json}`. Nothing ever reads it back.
 * @returns where it lies; null where nothing had been written, or it could not be kept: that must not hide the failure itself
 */
export async function keepFailedAttempt({ artifactsDir, stage, run, stagingDir, error }: FailedAttempt): Promise<string | null> {
  const name = `${stage}-${run}`;
  const dir = join(failedDir(artifactsDir), name);
  try {
    if ((await readdir(stagingDir)).length === 0) return null;
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    await rename(stagingDir, join(dir, 'out'));
    await writeFile(
      join(dir, 'error.json'),
      `${JSON.stringify({ stage, run, failedAt: new Date().toISOString(), error: serializeError(error) }, null, 1)}\n`,
    );
    await dropOlder(artifactsDir, name);
    return dir;
  } catch {
    return null;
  }
}

/** A failed attempt's stage and run; null for a name of another form. A run's id has 26 characters. */
export function parseAttempt(name: string): { readonly stage: string; readonly run: string } | null {
  const found = /^(.+)-([0-9A-Z]{26})$/.exec(name);
  return found?.[1] === undefined || found[2] === undefined ? null : { stage: found[1], run: found[2] };
}

/** Ids of runs sort by time. The one just kept stays, also where the clock was set back. */
async function dropOlder(artifactsDir: string, keep: string): Promise<void> {
  const stage = parseAttempt(keep)?.stage;
  const names = (await readdir(failedDir(artifactsDir))).filter((name) => name !== keep && parseAttempt(name)?.stage === stage);
  const old = names
    .toSorted()
    .toReversed()
    .slice(KEPT_ATTEMPTS - 1);
  await Promise.all(old.map((name) => rm(join(failedDir(artifactsDir), name), { recursive: true, force: true })));
}
