import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import koffi from 'koffi';

/** What glibc tells of its allocator: mallopt(3), malloc_trim(3). */
interface Allocator {
  /** 1 where it takes the value. */
  readonly mallopt: (parameter: number, value: number) => number;
  readonly trim: (keep: number) => number;
}

const M_ARENA_MAX = -8;
/** jemalloc(3), MALLCTL_ARENAS_ALL. */
const ALL_ARENAS = 4096;
/** jemalloc(3), mallctl: a name, and what no purge has: old value and its length, new value and its length. 0 where it did what it was asked. */
type Mallctl = (...asked: readonly [name: string, was: null, wasLength: null, value: null, length: number]) => number;
let duckDb: Mallctl | null = null;
/** Null where the C library is another; undefined until somebody asked. */
let known: Allocator | null | undefined;

/**
 * No more than so many arenas from now on, all threads together; glibc's usual is eight a core, and each keeps what its threads freed.
 * For processes of many threads that allocate now and then. To be called before those threads run: arenas that are there stay.
 * Does nothing where the C library is not glibc.
 */
export function limitArenas(most: number): void {
  allocator()?.mallopt(M_ARENA_MAX, most);
}

/**
 * Collects this thread's garbage and gives what is free back to the system: after work that took much and will not come again soon. Takes
 * tens of milliseconds. Without glibc, what was allocated outside JavaScript stays.
 */
export function returnFreedMemory(): void {
  collector ??= collectorOf();
  collector();
  allocator()?.trim(0);
  returnDuckDbMemory();
}

/**
 * Gives back what DuckDB has freed, in all of its databases: by itself it keeps that for seconds, tens of megabytes after each large column. Takes a few milliseconds, and what
 * it takes again costs time as well. Does nothing where DuckDB was built without an allocator of its own, or is not loaded.
 */
export function returnDuckDbMemory(): void {
  duckDb ??= loadDuckDb();
  duckDb?.(`arena.${ALL_ARENAS}.purge`, null, null, null, 0);
}

/**
 * Collects what this thread allocated lately, in a millisecond or so: between batches of a library's objects. The memory behind those is outside JavaScript, and
 * a collector that does not see it waits until hundreds of megabytes hang on a few small objects.
 */
export function collectRecent(): void {
  collector ??= collectorOf();
  collector({ type: 'minor' });
}

type Collector = (how?: { readonly type: 'minor' }) => void;
let collector: Collector | null = null;

function collectorOf(): Collector {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  // Once found, nobody else is to find it.
  setFlagsFromString('--no-expose-gc');
  return typeof gc === 'function' ? (how) => void (how === undefined ? gc() : gc(how)) : () => {};
}

function allocator(): Allocator | null {
  if (known === undefined) known = load();
  return known;
}

function load(): Allocator | null {
  try {
    const library = koffi.load('libc.so.6');
    return { mallopt: library.func('int mallopt(int, int)'), trim: library.func('int malloc_trim(size_t)') };
  } catch {
    return null;
  }
}

function loadDuckDb(): Mallctl | null {
  try {
    // By its bare name the system finds the one that is loaded, or none.
    return koffi.load('libduckdb.so').func('int duckdb_je_mallctl(const char *, void *, void *, void *, size_t)');
  } catch {
    return null;
  }
}
