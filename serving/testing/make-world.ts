/** Makes the world of the tests of serving in a process of its own, which a test's timeout does not end: `run-ts.mjs make-world.ts FOLDER`. */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeRun } from './make-run.ts';

const DAY_MS = 86_400_000;

const [, , dir = ''] = process.argv;
const lock = `${dir}.lock`;
await mkdir(dirname(dir), { recursive: true });
while (!(await isThere(join(dir, 'world.json')))) {
  if (await takeLock()) await makeWorld();
  else await sleep(200);
}

async function makeWorld(): Promise<void> {
  try {
    if (await isThere(join(dir, 'world.json'))) return;
    await removeOld(dirname(dir));
    const staging = `${dir}.${process.pid}`;
    await mkdir(staging);
    await writeFile(join(staging, 'world.json'), JSON.stringify(await makeRun(staging)));
    await rename(staging, dir);
  } finally {
    await rm(lock, { force: true });
  }
}

/** Worlds that older sources made; younger ones may be in use. */
async function removeOld(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((file) => file.startsWith('served-world-'))) {
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > DAY_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** False while a living process holds it. */
async function takeLock(): Promise<boolean> {
  try {
    await using file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (holder > 0 && !(await isThere(`/proc/${holder}`))) await rm(lock, { force: true });
  return false;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
