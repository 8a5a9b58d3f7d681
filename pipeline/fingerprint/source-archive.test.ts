import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SourceArchive } from './source-archive.ts';

const textsOf = (prefix: string, count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`${prefix} é ${index}\n`));

async function archived(texts: readonly Buffer[], dir: string): Promise<readonly string[]> {
  const archive = new SourceArchive(dir);
  const digests = texts.map((text) => archive.keep(text));
  archive.save();
  return digests;
}

describe('texts of sources', () => {
  test.each([2, 40])('%i of them are there for the next command', async (count) => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-sources-'));
    const texts = textsOf('one', count);
    const digests = await archived(texts, dir);
    await archived(textsOf('two', count), dir);
    const read = await Promise.all(digests.map((digest) => new SourceArchive(dir).read(digest)));
    expect(read).toEqual(texts.map(String));
    expect(await new SourceArchive(dir).read('0'.repeat(64))).toBeNull();
  });

  test('many lie in one file, and one that is damaged is never handed out', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-sources-'));
    const [broken = '', whole = ''] = await archived(textsOf('text', 20), dir);
    const packs = await readdir(join(dir, 'sources/packs'));
    expect(packs).toHaveLength(1);
    const pack = join(dir, 'sources/packs', packs[0] ?? '');
    const bytes = await readFile(pack);
    bytes.writeUInt8(0x58, bytes.indexOf('text é 0'));
    await writeFile(pack, bytes);
    expect(await new SourceArchive(dir).read(broken)).toBeNull();
    expect(await new SourceArchive(dir).read(whole)).toBe('text é 1\n');
  });

  test('what is there, in a pack or alone, is not written again', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-sources-'));
    const [few, many] = [textsOf('few', 3), textsOf('many', 20)];
    await archived(many, dir);
    await archived([...few, ...many.slice(0, 15)], dir);
    const written = async (): Promise<readonly string[]> => (await readdir(join(dir, 'sources'), { recursive: true })).toSorted();
    const before = await written();
    expect(before.filter((path) => path.endsWith('.pack'))).toHaveLength(1);
    await archived([...many, ...few], dir);
    expect(await written()).toEqual(before);
  });

  test('packs that were left unfinished, or hold no list, hide no other; two processes may write the same', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-sources-'));
    const texts = textsOf('text', 20);
    const [digests] = await Promise.all([archived(texts, dir), archived(texts, dir)]);
    const folder = join(dir, 'sources/packs');
    const [pack = ''] = await readdir(folder);
    const bytes = await readFile(join(folder, pack));
    await writeFile(join(folder, '0.tmp'), bytes.subarray(0, -40));
    await writeFile(join(folder, '1.tmp'), bytes.subarray(0, 100));
    await writeFile(join(folder, '2.tmp'), 'null\n');
    await mkdir(join(folder, '3.pack'));
    const alone = join(dir, 'sources', (digests[1] ?? '').slice(0, 2));
    await mkdir(alone);
    await writeFile(join(alone, digests[1] ?? ''), ''); // after a power cut
    expect(await Promise.all(digests.map((digest) => new SourceArchive(dir).read(digest)))).toEqual(texts.map(String));
  });
});
