import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { locateXgboost } from './locate-library.ts';

export interface NativeIdentity {
  readonly path: string;
  readonly version: string;
  /** Of the file: two builds of one version may train different models from one seed. */
  readonly sha256: string;
}

/** What identifies the libxgboost that stages would load, for fingerprints; reads files only. @throws SluiceError NATIVE_NOT_FOUND */
export async function xgboostIdentity(projectDir: string, env?: Readonly<Record<string, string | undefined>>): Promise<NativeIdentity> {
  const path = locateXgboost(projectDir, env);
  const hash = createHash('sha256');
  const [version] = await Promise.all([readVersion(path), pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)]);
  return { path, version, sha256: hash.digest('hex') };
}

/** From the wheel's `xgboost/VERSION`; a bare library is asked. */
async function readVersion(path: string): Promise<string> {
  try {
    return (await readFile(join(path, '..', '..', 'VERSION'), 'utf8')).trim();
  } catch {
    const { loadLibrary } = await import('./library.ts');
    return loadLibrary(path).version;
  }
}
