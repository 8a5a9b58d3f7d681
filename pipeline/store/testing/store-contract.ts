import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../../fingerprint/canonical-json.ts';
import { digestOf } from '../../fingerprint/digest.ts';
import { readEverything } from '../file-store.ts';
import type { ArtifactName, Store, StoredBlob } from '../store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Another process's view of the same store. */
  readonly again: () => Store;
}

/** What every store promises, whatever it is made of. Blobs are damaged as a disk would: in place, behind the store's back. */
export function describeStoreContract(name: string, open: (artifactsDir: string) => StoreUnderTest): void {
  describe(`${name} keeps the contract of a store`, () => {
    let dir = '';
    let under: StoreUnderTest;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'magasin é '));
      under = open(join(dir, 'artifacts'));
    });
    afterEach(async () => rm(dir, { recursive: true, force: true }));

    const stageFile = async (content: string | Uint8Array): Promise<string> => {
      const path = join(await mkdtemp(join(dir, 'staged-')), 'file.txt');
      await writeFile(path, content);
      return path;
    };
    const stageFolder = async (files: Readonly<Record<string, string>>, folders: readonly string[] = []): Promise<string> => {
      const root = join(await mkdtemp(join(dir, 'staged-')), 'folder');
      await mkdir(root);
      for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
      for (const [path, content] of Object.entries(files)) {
        await mkdir(join(root, path, '..'), { recursive: true });
        await writeFile(join(root, path), content);
      }
      return root;
    };
    const verify = (artifact: ArtifactName) => under.again().verify(artifact, readEverything);
    const file = (digest: string): ArtifactName => ({ kind: 'file', extension: '.txt', digest });
    const folder = (digest: string): ArtifactName => ({ kind: 'directory', extension: '', digest });

    describe('files', () => {
      test('are named by their bytes, read only, and found by another process', async () => {
        const placed = await under.store.putFile(await stageFile('hello'), '.txt');
        expect(placed).toEqual({ digest: digestOf('hello'), bytes: 5 });
        const found = await verify(file(placed.digest));
        expect(found).toMatchObject({ ok: true });
        expect(await readFile(found.path, 'utf8')).toBe('hello');
        expect((await stat(found.path)).mode & 0o222).toBe(0);
      });

      test('are moved in, not copied, and leave staging empty', async () => {
        const staged = await stageFile('moved');
        const { ino } = await stat(staged);
        const { path } = await verify(file((await under.store.putFile(staged, '.txt')).digest));
        expect((await stat(path)).ino).toBe(ino);
        expect(await readdir(join(staged, '..'))).toEqual([]);
      });

      test('that are there already stay the same file, so that links to them hold', async () => {
        const { digest } = await under.store.putFile(await stageFile('same'), '.txt');
        const before = await verify(file(digest));
        const { ino } = await stat(before.path);
        const staged = await stageFile('same');
        await under.again().putFile(staged, '.txt');
        expect((await stat(before.path)).ino).toBe(ino);
        expect(await readdir(join(staged, '..'))).toEqual([]);
      });

      test('that a body linked from one of its inputs are taken as well', async () => {
        const { digest } = await under.store.putFile(await stageFile('input'), '.txt');
        const staged = join(await mkdtemp(join(dir, 'staged-')), 'output.txt');
        await link((await verify(file(digest))).path, staged);
        expect(await under.store.putFile(staged, '.txt')).toEqual({ digest, bytes: 5 });
        expect(await verify(file(digest))).toMatchObject({ ok: true });
      });

      test.each(['', '\0\u0001\n', 'x'.repeat(3_000_001)])('of any size and content come back as they were (%#)', async (content) => {
        const { digest, bytes } = await under.store.putFile(await stageFile(content), '.txt');
        expect(bytes).toBe(Buffer.byteLength(content));
        expect(await readFile((await verify(file(digest))).path, 'utf8')).toBe(content);
      });

      test('with a flipped bit are found, set aside and mended by storing them again', async () => {
        const { digest } = await under.store.putFile(await stageFile('precious'), '.txt');
        const [blob] = await under.store.blobs(file(digest));
        await flipBit(blob);
        expect(await verify(file(digest))).toMatchObject({ ok: false, reason: 'corrupt', path: blob?.path });
        await under.store.putFile(await stageFile('precious'), '.txt');
        expect(await readFile((await verify(file(digest))).path, 'utf8')).toBe('precious');
        await flipBit(blob);
        const aside = await under.store.quarantine(blob?.path ?? '');
        expect(await readFile(aside ?? '', 'utf8')).not.toBe('precious');
        expect(await verify(file(digest))).toMatchObject({ ok: false, reason: 'missing' });
        expect(await under.store.quarantine(blob?.path ?? '')).toBeNull();
      });

      test('that are links, folders or pipes are refused by name', async () => {
        const target = await stageFile('elsewhere');
        const linked = join(dir, 'linked.txt');
        await symlink(target, linked);
        await expect(under.store.putFile(linked, '.txt')).rejects.toMatchObject({
          code: 'ARTIFACT_SCHEMA',
          message: expect.stringContaining('linked.txt is a symbolic link'),
        });
        await expect(under.store.putFile(await stageFolder({}), '.txt')).rejects.toMatchObject({
          code: 'ARTIFACT_SCHEMA',
          message: expect.stringContaining('is a folder'),
        });
        expect(await readFile(target, 'utf8')).toBe('elsewhere');
      });

      test('stored by eight writers at once are there once, whole', async () => {
        const staged = await Promise.all(Array.from({ length: 8 }, async () => stageFile('contended')));
        const placed = await Promise.all(staged.map(async (path) => under.again().putFile(path, '.txt')));
        expect(new Set(placed.map(({ digest }) => digest))).toEqual(new Set([digestOf('contended')]));
        expect(await verify(file(digestOf('contended')))).toMatchObject({ ok: true });
      });
    });

    describe('directories', () => {
      const files = { 'a.txt': 'a', 'deep/er/b.txt': 'b', 'deep/copy of a': 'a', 'déjà vu/наука ☂.csv': 'c' };
      const shown = async (path: string): Promise<readonly string[]> => (await readdir(path, { recursive: true })).toSorted();

      test('come back with nested, empty and oddly named content', async () => {
        const { digest, bytes } = await under.store.putDirectory(await stageFolder(files, ['empty', 'deep/empty too']));
        expect(bytes).toBe(4);
        const { path } = await verify(folder(digest));
        expect(await shown(path)).toEqual([
          'a.txt',
          'deep',
          'deep/copy of a',
          'deep/empty too',
          'deep/er',
          'deep/er/b.txt',
          'déjà vu',
          'déjà vu/наука ☂.csv',
          'empty',
        ]);
        for (const [name, content] of Object.entries(files)) expect(await readFile(join(path, name), 'utf8')).toBe(content);
      });

      test('without any content are artifacts too', async () => {
        const { digest, bytes } = await under.store.putDirectory(await stageFolder({}));
        expect({ digest, bytes }).toEqual({ digest: digestOf('[]'), bytes: 0 });
        expect(await readdir((await verify(folder(digest))).path)).toEqual([]);
      });

      test('are named by paths and contents alone, empty folders included', async () => {
        const one = await under.store.putDirectory(await stageFolder({ 'x/b': '2', a: '1' }));
        expect(one.digest).toBe(
          digestOf(
            canonicalJson([
              { path: 'a', digest: digestOf('1') },
              { path: 'x/b', digest: digestOf('2') },
            ]),
          ),
        );
        expect((await under.store.putDirectory(await stageFolder({ a: '1', 'x/b': '2' }))).digest).toBe(one.digest);
        expect((await under.store.putDirectory(await stageFolder({ a: '1', 'x/b': '2' }, ['y']))).digest).not.toBe(one.digest);
      });

      test('share one blob between files of the same content', async () => {
        const { digest } = await under.store.putDirectory(await stageFolder(files));
        const blobs = await under.store.blobs(folder(digest));
        expect(blobs.map(({ within }) => within)).toEqual([null, 'a.txt', 'deep/copy of a', 'deep/er/b.txt', 'déjà vu/наука ☂.csv']);
        expect(new Set(blobs.map(({ path }) => path)).size).toBe(4);
      });

      test.each([0, 1, 3])('with a flipped bit in blob %i of list and files are found and mended by storing them again', async (index) => {
        const { digest } = await under.store.putDirectory(await stageFolder(files));
        const blob = (await under.store.blobs(folder(digest)))[index];
        await flipBit(blob);
        expect(await verify(folder(digest))).toMatchObject({ ok: false, reason: 'corrupt', path: blob?.path });
        await under.again().putDirectory(await stageFolder(files));
        const { path } = await verify(folder(digest));
        for (const [name, content] of Object.entries(files)) expect(await readFile(join(path, name), 'utf8')).toBe(content);
      });

      test('that somebody wrote into, or took from, are shown as they were stored', async () => {
        const { digest } = await under.store.putDirectory(await stageFolder(files, ['empty']));
        const { path } = await verify(folder(digest));
        await writeFile(join(path, 'extra'), 'not mine');
        await rm(join(path, 'deep'), { recursive: true });
        await rm(join(path, 'a.txt'));
        await writeFile(join(path, 'a.txt'), 'forged');
        const after = await verify(folder(digest));
        expect(after).toMatchObject({ ok: true });
        expect(await shown(after.path)).toEqual([
          'a.txt',
          'deep',
          'deep/copy of a',
          'deep/er',
          'deep/er/b.txt',
          'déjà vu',
          'déjà vu/наука ☂.csv',
          'empty',
        ]);
        expect(await readFile(join(after.path, 'a.txt'), 'utf8')).toBe('a');
      });

      test('with a link inside are refused by name', async () => {
        const staged = await stageFolder({ 'a.txt': 'a' });
        await symlink('a.txt', join(staged, 'b.txt'));
        await expect(under.store.putDirectory(staged)).rejects.toMatchObject({
          code: 'ARTIFACT_SCHEMA',
          message: expect.stringContaining('b.txt is a symbolic link'),
          hint: expect.stringContaining('Write a copy'),
        });
      });

      test('stored by eight writers at once are shown once, whole', async () => {
        const staged = await Promise.all(Array.from({ length: 8 }, async () => stageFolder(files)));
        const placed = await Promise.all(staged.map(async (path) => under.again().putDirectory(path)));
        const [digest = ''] = new Set(placed.map((one) => one.digest));
        expect(await shown((await verify(folder(digest))).path)).toHaveLength(7);
      });
    });
  });
}

/** Turns one bit of a blob around, keeping its name. */
async function flipBit(blob: StoredBlob | undefined): Promise<void> {
  if (blob === undefined) throw new Error('no such blob');
  const bytes = await readFile(blob.path);
  await chmod(blob.path, 0o644);
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  await writeFile(blob.path, bytes);
  await chmod(blob.path, 0o444);
}
