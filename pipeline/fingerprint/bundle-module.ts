import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import { isIntact } from './body-code.ts';
import { type Bundle, BUNDLE_FORMAT, type BundleOptions, type BundleRecord } from './bundle.ts';
import { Bundler, bundleOf } from './bundler.ts';
import { digestOf } from './digest.ts';

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
