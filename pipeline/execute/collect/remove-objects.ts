import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FileStore } from '../../store/file-store.ts';
import type { IndexedManifest } from '../../store/manifest-index.ts';
import { manifestText, parseManifest } from '../../store/manifest-text.ts';
import { toStoreError } from '../../store/store-error.ts';
import { writeAtomic } from '../../store/write-atomic.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { temporaryName } from '../../util/temporary-name.ts';
import { GRACE_MS } from './judge-objects.ts';
import type { JudgedObject } from './stored-object.ts';

export interface Removed {
  readonly objects: number;
  readonly bytes: number;
  /** Objects that were to die and stayed: somebody began to use them meanwhile. */
  readonly spared: number;
}

/**
 * Removes what dies. Records go first: a run that starts later cannot find them. Then it is asked once more who is at work; what
 * such a run may have picked before stays for the next collection. A blob is moved away before it is removed, so that a stage
 * that stores the same bytes at this moment either made it fresh, and it is put back, or finds it gone, and stores its own.
 * @param aliveNow whether any run is at work that the verdicts did not know of
 * @throws SluiceError STORE_READ_ONLY
 */
export async function removeObjects(
  artifactsDir: string,
  objects: readonly JudgedObject[],
  aliveNow: () => Promise<boolean>,
): Promise<Removed> {
  const dying = objects.filter((object) => !object.lives);
  const collected = temporaryName(join(artifactsDir, 'collected', 'blobs'));
  const removed = { objects: 0, bytes: 0, spared: 0 };
  if (dying.length === 0) return removed;
  const count = (object: JudgedObject, isGone: boolean): void => {
    if (isGone) removed.objects += 1;
    if (isGone) removed.bytes += object.bytes;
    else removed.spared += 1;
  };
  try {
    const wasBusy = await aliveNow();
    for (const object of dying) if (object.kind === 'record') count(object, !wasBusy && (await removeAny(object.path)));
    const isBusy = wasBusy || (await aliveNow());
    await mkdir(collected, { recursive: true });
    for (const object of dying) {
      if (object.kind === 'record') continue;
      const mayBeUsed = object.kind === 'blob' || object.kind === 'tree' || object.kind === 'columns';
      count(
        object,
        isBusy && mayBeUsed ? false : object.kind === 'blob' ? await removeBlob(object.path, collected) : await removeAny(object.path),
      );
    }
  } catch (error) {
    throw toStoreError(error, artifactsDir);
  } finally {
    await rm(collected, { recursive: true, force: true });
  }
  return removed;
}

/** Notes in records that live without their outputs that these are gone: `verify` then does not miss them. */
export async function markCollected(artifactsDir: string, index: readonly IndexedManifest[]): Promise<void> {
  const store = new FileStore(artifactsDir);
  for (const { manifest, path } of index) {
    if (manifest === null || manifest.collectedAt !== undefined) continue;
    const gone = await Promise.all(
      Object.values(manifest.outputs).map(async (artifact) => isGone((await store.blobs(artifact))[0]?.path ?? '')),
    );
    const text = gone.includes(true) ? await readFile(path, 'utf8').catch(() => null) : null;
    // A stage that was made anew meanwhile has written another record here.
    if (text !== null && parseManifest(text, manifest.stage).run === manifest.run)
      await writeAtomic(path, manifestText({ ...manifest, collectedAt: new Date().toISOString() }));
  }
}

async function removeBlob(path: string, collected: string): Promise<boolean> {
  const away = join(collected, basename(path));
  try {
    await rename(path, away);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
  if (Date.now() - (await stat(away)).mtimeMs < GRACE_MS) {
    await rename(away, path);
    return false;
  }
  await rm(away, { force: true });
  return true;
}

async function removeAny(path: string): Promise<boolean> {
  await rm(path, { recursive: true, force: true });
  return true;
}

async function isGone(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (error: unknown) => systemErrorCode(error) === 'ENOENT',
  );
}
