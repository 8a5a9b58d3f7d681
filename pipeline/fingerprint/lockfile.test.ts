import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { Lockfile } from './lockfile.ts';
import { StatCache } from './stat-cache.ts';

const lock = (versions: Record<string, string>) =>
  new Lockfile({
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '^1' } },
    'node_modules/b': { version: versions['b'] ?? '1.0.0', integrity: `sha512-b${versions['b'] ?? ''}` },
    'node_modules/c': { version: versions['c'] ?? '1.0.0', integrity: `sha512-c${versions['c'] ?? ''}`, dependencies: { b: '^1' } },
    'node_modules/c/node_modules/b': { version: versions['c/b'] ?? '0.9.0', integrity: `sha512-cb${versions['c/b'] ?? ''}` },
  });

test('an upgrade reaches the packages that load it, by the rule of the nearest node_modules', async () => {
  const stats = await StatCache.open('/nowhere');
  const digests = async (versions: Record<string, string>) => {
    const file = lock(versions);
    return Promise.all(['a', 'b', 'c'].map(async (name) => (await file.subtree(name, stats)).digest));
  };
  const before = await digests({});
  const moved = async (versions: Record<string, string>) => (await digests(versions)).map((digest, index) => digest !== before[index]);
  expect(await moved({ b: '1.1.0' })).toEqual([true, true, false]);
  expect(await moved({ 'c/b': '0.9.1' })).toEqual([false, false, true]);
  expect(await moved({ c: '2.0.0' })).toEqual([false, false, true]);
  expect((await lock({ b: '1.1.0' }).subtree('a', stats)).versions).toEqual({ 'node_modules/a': '1.0.0', 'node_modules/b': '1.1.0' });
});

test('a package that is linked is known by its files, one that is not locked by its version', async () => {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'sluice-lock-')));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  try {
    await write(
      'package-lock.json',
      JSON.stringify({ packages: { 'node_modules/own': { resolved: 'packages/own', link: true }, 'packages/own': { version: '1.0.0' } } }),
    );
    await write('packages/own/index.js', 'export const x = 1;');
    await write('node_modules/other/package.json', '{"version":"1.0.0"}');
    await symlink('../packages/own', join(dir, 'node_modules/own'));
    const digests = async () => {
      const [file, stats] = await Promise.all([Lockfile.open(dir), StatCache.open(join(dir, 'stats.json'))]);
      return Promise.all(['own', 'other'].map(async (name) => (await file.subtree(name, stats)).digest));
    };
    const [own, other] = await digests();
    await write('packages/own/index.js', 'export const x = 2;');
    await write('node_modules/other/package.json', '{"version":"1.0.1"}');
    const [ownNow, otherNow] = await digests();
    expect([own === ownNow, other === otherNow]).toEqual([false, false]);
    const file = await Lockfile.open(dir);
    for (const name of ['own', 'other']) await file.subtree(name, await StatCache.open(join(dir, 'stats.json')));
    expect(file.looked().map((path) => relative(dir, path))).toEqual([
      'packages/own/index.js',
      'packages/own',
      'node_modules/other/package.json',
    ]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
