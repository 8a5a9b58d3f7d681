import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { bundleFile } from '../testing/bundle-file.ts';

const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const [onGlibc, skipped] = header.glibcVersionRuntime === undefined ? [test.skip, ' (skipped: no glibc)'] : [test, ''];

/** Runs statements in a process of their own, where `allocator`, `c` (the C library) and `Worker` are at hand. @returns what they `tell` */
async function tellOf(statements: string): Promise<unknown> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-allocator-'));
  const urlOf = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);
  const program = `
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import koffi from ${urlOf('node_modules/koffi/index.js')};
import * as allocator from ${urlOf(await bundleFile('pipeline/native/allocator.ts'))};
const c = koffi.load('libc.so.6');
const tell = (value) => { process.stdout.write(JSON.stringify(value)); process.exit(); };
${statements}`;
  try {
    await writeFile(join(dir, 'program.mjs'), program);
    return JSON.parse((await promisify(execFile)(process.execPath, [join(dir, 'program.mjs')], { cwd: dir })).stdout);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Twelve threads that allocate, more than glibc has arenas before it thinks of a bound; then the arenas as malloc_info(3) lists them. */
const countArenas = `
const threads = Array.from({ length: 12 }, () => new Worker("const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => {}); parentPort.postMessage('up')", { eval: true }));
await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('message', resolve))));
const file = c.func('void *fopen(const char *, const char *)')('arenas.xml', 'w');
c.func('int malloc_info(int, void *)')(0, file);
c.func('int fclose(void *)')(file);
tell(readFileSync('arenas.xml', 'utf8').match(/<heap /g).length);`;

onGlibc(`threads share as many arenas as they are told to, where each would have its own${skipped}`, async () => {
  expect(await tellOf(countArenas)).toBeGreaterThan(4);
  expect(await tellOf(`allocator.limitArenas(4);${countArenas}`)).toBe(4);
});

onGlibc(`memory that was freed between pieces in use goes back to the system${skipped}`, async () => {
  // 131 MB in pieces too small for mappings of their own; every hundredth is kept, the last one too: what lies on top goes back by itself.
  const freed = await tellOf(`
const [malloc, free, memset] = ['void *malloc(size_t)', 'void free(void *)', 'void *memset(void *, int, size_t)'].map((text) => c.func(text));
const pieces = Array.from({ length: 2000 }, () => memset(malloc(65536), 1, 65536));
const empty = process.memoryUsage.rss();
for (const [index, piece] of pieces.entries()) if (index % 100 !== 99) free(piece);
const before = process.memoryUsage.rss();
allocator.returnFreedMemory();
tell({ byItself: (empty - before) / 1e6, returned: (before - process.memoryUsage.rss()) / 1e6 });`);
  expect(freed).toEqual({ byItself: expect.closeTo(0, -2), returned: expect.closeTo(130, -1.5) });
});

onGlibc(
  `what was allocated lately is collected on demand, with what hangs on it outside JavaScript; what is older is left alone${skipped}`,
  async () => {
    // Few small objects, and 4 MiB behind each: far from what makes a collector look by itself.
    const held = await tellOf(`
// Freed when collected, and not a little later by another thread.
setFlagsFromString('--no-concurrent-array-buffer-sweeping');
const MIB = 2 ** 20;
const start = process.memoryUsage().arrayBuffers;
const told = { mib: [], global: typeof globalThis.gc };
const look = () => told.mib.push(Math.round((process.memoryUsage().arrayBuffers - start) / MIB));
const make = () => Array.from({ length: 4 }, () => new ArrayBuffer(4 * MIB));
let old = make();
allocator.collectRecent();
allocator.collectRecent();
look();
(() => void make())();
look();
allocator.collectRecent();
look();
old = null;
allocator.collectRecent();
look();
allocator.returnFreedMemory();
look();
told.global = typeof globalThis.gc;
tell(told);`);
    expect(held).toEqual({ mib: [16, 32, 16, 16, 0], global: 'undefined' });
  },
);

onGlibc(`what DuckDB freed goes back to the system when asked for, and DuckDB is not loaded for it${skipped}`, async () => {
  const told = await tellOf(`
const isLoaded = () => readFileSync('/proc/self/maps', 'utf8').includes('libduckdb');
allocator.returnDuckDbMemory();
const told = { before: isLoaded() };
const { DuckDBInstance } = await import(${JSON.stringify(pathToFileURL(resolve('node_modules/@duckdb/node-api/lib/index.js')).href)});
const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
await db.run('select list(i) from (select hash(i) as i from range(2000000) t(i) order by hash(i))');
const kept = process.memoryUsage.rss();
allocator.returnDuckDbMemory();
tell({ ...told, returned: (kept - process.memoryUsage.rss()) / 1e6 });`);
  expect(told).toEqual({ before: false, returned: expect.any(Number) });
  expect((told as { returned: number }).returned).toBeGreaterThan(8);
});
