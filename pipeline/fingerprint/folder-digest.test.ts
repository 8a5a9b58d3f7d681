import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folderSource } from '../graph/port.ts';
import { digestFolder, type FolderDigest } from './folder-digest.ts';
import { StatCache } from './stat-cache.ts';

const source = folderSource({ key: 'source.dir', locate: () => 'data', include: (name) => name.endsWith('.csv') });

async function project(): Promise<{ readonly dir: string; readonly digest: () => Promise<FolderDigest> }> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-folder-'));
  await mkdir(join(dir, 'data'));
  await writeFile(join(dir, 'data/a.csv'), 'a');
  return { dir, digest: async () => digestFolder(source, {}, dir, await StatCache.open(join(dir, 'stats.json'))) };
}

test('a link counts by what it leads to, one to a folder not at all: it was read, and failed with EISDIR', async () => {
  const { dir, digest } = await project();
  await writeFile(join(dir, 'b'), 'b');
  await symlink('../b', join(dir, 'data/b.csv'));
  const before = await digest();
  expect(Object.keys(before.files)).toEqual(['a.csv', 'b.csv']);
  await symlink('..', join(dir, 'data/c.csv'));
  await mkdir(join(dir, 'data/d.csv'));
  expect((await digest()).digest).toBe(before.digest);
  await writeFile(join(dir, 'b'), 'B');
  expect((await digest()).digest).not.toBe(before.digest);
});

test('a link to nothing is said: the stage ran on less data, and nobody knew', async () => {
  const { dir, digest } = await project();
  await symlink('../b', join(dir, 'data/b.csv'));
  await expect(digest()).rejects.toMatchObject({
    code: 'SOURCE_MISSING',
    message: expect.stringContaining('data/b.csv is a link to a file'),
  });
  await rm(join(dir, 'data/b.csv'));
  expect(Object.keys((await digest()).files)).toEqual(['a.csv']);
});
