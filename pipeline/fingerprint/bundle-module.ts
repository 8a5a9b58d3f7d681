import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import { isIntact } from './body-code.ts';
import { type Bundle, BUNDLE_FORMAT, type BundleOptions, type BundleRecord } from './bundle.ts';
import { BundleShelf } from './bundle-shelf.ts';
import { Bundler, bundleOf } from './bundler.ts';
import { digestOf } from './digest.ts';

/** How many modules one call of the bundler takes: it holds all their outputs at once. */
const AT_ONCE = 100;
/** How many calls are under way at once: the bundler, a process of its own, is at the next ones while this one finishes those before. */
const CALLS = 2;

/**
 * Bundles a module with esbuild: tree-shaken, comments and names of locals dropped, `.sql` as text. An unchanged module
 * (by `stat` of every source) is not bundled again. It lies in a file of its own.
 * @throws SluiceError GRAPH_LOAD with file and line when the source does not compile, CODE_UNTRACKED for a read that no fingerprint sees
 */
export async function bundleModule(entry: string, options: BundleOptions): Promise<Bundle> {
  const bundler = new Bundler(options);
  const path = recordPath(entry, options);
  const before = recordAt(path);
  if (before !== null && bundler.holds(before) && isIntact(before)) return bundleOf(before, options.projectDir);
  const built = await bundler.build([entry], 'one', new Map(before === null ? [] : [[entry, before]]));
  const record = built.get(entry);
  if (record === undefined) throw new Error(`${entry} was not built`);
  replaceFile(path, JSON.stringify(record));
  return bundleOf(record, options.projectDir);
}

/**
 * Bundles many modules, the changed ones together, and packs their texts: see body-code.ts. Those that do not compile are left out:
 * {@link bundleModule} says why.
 */
export async function bundleModules(entries: readonly string[], options: BundleOptions): Promise<ReadonlyMap<string, Bundle>> {
  const { cacheDir, projectDir } = options;
  const [bundler, shelf] = [new Bundler(options), new BundleShelf(cacheDir)];
  const found = new Map<string, Bundle>();
  const under: Promise<ReadonlyMap<string, BundleRecord>>[] = [];
  const take = async (): Promise<void> => {
    for (const [entry, record] of (await under.shift()) ?? []) {
      shelf.put(entry, record);
      found.set(entry, bundleOf(record, projectDir));
    }
  };
  let stale = new Map<string, BundleRecord | null>();
  const build = async (): Promise<void> => {
    const before = new Map(Array.from(stale).flatMap(([entry, record]) => (record === null ? [] : [[entry, record] as const])));
    under.push(bundler.build([...stale.keys()], 'many', before));
    stale = new Map();
    if (under.length >= CALLS) await take();
  };
  for (const entry of entries) {
    const record = shelf.get(entry);
    if (record !== null && bundler.holds(record)) found.set(entry, bundleOf(record, projectDir));
    else stale.set(entry, record);
    if (stale.size === AT_ONCE) await build();
  }
  if (stale.size > 0) await build();
  while (under.length > 0) await take();
  shelf.save();
  return found;
}

function recordPath(entry: string, { cacheDir, keepDynamicImports, leaveBodies }: BundleOptions): string {
  const how = `${keepDynamicImports === true}${leaveBodies === true ? ' without bodies' : ''}`;
  return join(cacheDir, 'bundles', `${digestOf(`${BUNDLE_FORMAT}\n${entry}\n${how}`).slice(0, 32)}.json`);
}

/** Null for what cannot be read. */
function recordAt(path: string): BundleRecord | null {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as Partial<BundleRecord>;
    return record.sources === undefined || record.settings === undefined ? null : (record as BundleRecord);
  } catch {
    return null;
  }
}
