import { mkdir, mkdtemp, realpath, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { Lockfile, type PackageTree } from './lockfile.ts';
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

/** A project on disk: what is installed where, and what the lockfile says of it. */
class Installed implements AsyncDisposable {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async create(): Promise<Installed> {
    return new Installed(await realpath(await mkdtemp(join(tmpdir(), 'sluice-lock-'))));
  }

  async write(path: string, content: unknown): Promise<void> {
    await mkdir(dirname(join(this.dir, path)), { recursive: true });
    await writeFile(join(this.dir, path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  async tree(name: string, projectDir = ''): Promise<PackageTree> {
    const [file, stats] = await Promise.all([Lockfile.open(join(this.dir, projectDir)), StatCache.open(join(this.dir, 'stats.json'))]);
    return file.subtree(name, stats);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

test('a package that is linked is known by its files, one that is not locked by its version', async () => {
  await using on = await Installed.create();
  await on.write('package-lock.json', {
    packages: { 'node_modules/own': { resolved: 'packages/own', link: true }, 'packages/own': { version: '1.0.0' } },
  });
  await on.write('packages/own/index.js', 'export const x = 1;');
  await on.write('node_modules/other/package.json', { version: '1.0.0' });
  await symlink('../packages/own', join(on.dir, 'node_modules/own'));
  const [own, other] = [await on.tree('own'), await on.tree('other')];
  await on.write('packages/own/index.js', 'export const x = 2;');
  await on.write('node_modules/other/package.json', { version: '1.0.1' });
  expect((await on.tree('own')).digest).not.toBe(own.digest);
  expect((await on.tree('other')).digest).not.toBe(other.digest);
  const file = await Lockfile.open(on.dir);
  for (const name of ['own', 'other']) await file.subtree(name, await StatCache.open(join(on.dir, 'stats.json')));
  expect(file.looked().map((path) => relative(on.dir, path))).toEqual([
    'package-lock.json',
    'packages/own/index.js',
    'packages/own',
    'node_modules/other/package.json',
    'node_modules/other',
  ]);
});

test('an installed package that was edited by hand, its version and even the stamps of its file kept, is another one', async () => {
  await using on = await Installed.create();
  await on.write('package-lock.json', {
    packages: {
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0', integrity: 'sha512-b' },
      'node_modules/of-linux': { version: '1.0.0', integrity: 'sha512-c', os: ['linux'] },
    },
  });
  for (const name of ['a', 'b', 'of-linux']) {
    await on.write(`node_modules/${name}/package.json`, { version: '1.0.0' });
    await on.write(`node_modules/${name}/lib/index.js`, 'exports.x = 1;');
    await on.write(`node_modules/${name}/README.md`, 'x');
  }
  const digests = () => Promise.all(['a', 'b', 'of-linux'].map(async (name) => (await on.tree(name)).digest));
  const before = await digests();
  const file = join(on.dir, 'node_modules/b/lib/index.js');
  const { atime, mtime } = await stat(file);
  await on.write('node_modules/b/lib/index.js', 'exports.x = 2;');
  await utimes(file, atime, mtime);
  await on.write('node_modules/a/README.md', 'y');
  await on.write('node_modules/of-linux/lib/index.js', 'exports.x = 3;'); // another on each machine: only its name counts
  const after = await digests();
  expect(after.map((digest, index) => digest !== before[index])).toEqual([true, true, false]);
  await on.write('node_modules/b/lib/index.js', 'exports.x = 1;');
  expect(await digests()).toEqual(before);
});

test('what is installed counts, not what the lockfile promises: an install by hand was taken for the old one', async () => {
  await using on = await Installed.create();
  const locked = (version: string) => ({ version, integrity: `sha512-${version}` });
  const lockAt = (version: string) => on.write('package-lock.json', { packages: { 'node_modules/a': locked(version) } });
  await lockAt('1.0.0');
  await on.write('node_modules/a/package.json', { version: '1.0.0' });
  const before = await on.tree('a');
  await on.write('node_modules/a/package.json', { version: '1.1.0', dependencies: { b: '1' } });
  await on.write('node_modules/b/package.json', { version: '3.0.0' });
  const byHand = await on.tree('a');
  expect(byHand.digest).not.toBe(before.digest);
  expect(byHand.versions).toEqual({ 'node_modules/a': '1.0.0', 'node_modules/a (installed)': '1.1.0', 'node_modules/b': '3.0.0' });
  await on.write('node_modules/a/package.json', { version: '1.0.0' });
  await lockAt('1.2.0'); // and nobody has run npm ci yet
  const promised = await on.tree('a');
  expect(promised.versions).toEqual({ 'node_modules/a': '1.2.0', 'node_modules/a (installed)': '1.0.0' });
  await on.write('node_modules/a/package.json', { version: '1.2.0' });
  expect((await on.tree('a')).digest).not.toBe(promised.digest); // what 1.0.0 made is not taken for the work of 1.2.0
});

test('a workspace package brings its own node_modules: an upgrade there was not seen', async () => {
  await using on = await Installed.create();
  const lockAt = (version: string) =>
    on.write('package-lock.json', {
      packages: {
        'node_modules/@acme/work': { resolved: 'packages/work', link: true },
        'packages/work': { version: '1.0.0', dependencies: { delta: '^1' } },
        'packages/work/node_modules/delta': { version, integrity: `sha512-${version}` },
        'node_modules/delta': { version: '9.0.0', integrity: 'sha512-other' },
      },
    });
  await on.write('packages/work/index.js', '');
  await lockAt('1.0.0');
  const before = await on.tree('@acme/work');
  expect(before.versions).toEqual({ 'node_modules/@acme/work': '1.0.0', 'packages/work/node_modules/delta': '1.0.0' });
  await lockAt('1.5.0');
  expect((await on.tree('@acme/work')).digest).not.toBe(before.digest);
});

test('a project in a workspace goes by the lockfile above it: its packages were not seen at all', async () => {
  await using on = await Installed.create();
  const lockAt = (version: string) =>
    on.write('package-lock.json', { packages: { 'node_modules/a': { version, integrity: `sha512-${version}` } } });
  await lockAt('1.0.0');
  await on.write('apps/credit/package.json', {});
  const before = await on.tree('a', 'apps/credit');
  expect(before.versions).toEqual({ '../../node_modules/a': '1.0.0' });
  await lockAt('1.1.0');
  expect((await on.tree('a', 'apps/credit')).digest).not.toBe(before.digest);
});

test('without a lockfile, the links that pnpm lays are followed to the version that is loaded', async () => {
  await using on = await Installed.create();
  await on.write('node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', { version: '1.0.0', dependencies: { b: '^1' } });
  await on.write('node_modules/.pnpm/a@1.0.0/node_modules/b/package.json', { version: '1.0.0' });
  await symlink('.pnpm/a@1.0.0/node_modules/a', join(on.dir, 'node_modules/a'));
  const before = await on.tree('a');
  await on.write('node_modules/.pnpm/a@1.0.0/node_modules/b/package.json', { version: '1.7.0' });
  expect((await on.tree('a')).digest).not.toBe(before.digest);
});

test('a lockfile that cannot be read is said so, not taken for an empty one', async () => {
  await using on = await Installed.create();
  await on.write('package-lock.json', '{"packages": {\n<<<<<<< HEAD\n');
  await expect(Lockfile.open(on.dir)).rejects.toMatchObject({ code: 'LOCK_FILE', message: expect.stringContaining('package-lock.json') });
});
