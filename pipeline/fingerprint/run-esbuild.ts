import { join, resolve } from 'node:path';
import type { BuildResult, Metafile } from 'esbuild';
import { SluiceError } from '../errors/sluice-error.ts';
import type { BundleOptions } from './bundle.ts';
import { shadowsOf } from './bundle-settings.ts';
import { bodiesStay, dynamicImportsStay, overlaid, pureDeclarations } from './bundle-plugins.ts';
import { compileError, ignoredImport } from './compile-error.ts';
import { loadEsbuild } from './load-esbuild.ts';
import { moduleOptions } from './module-options.ts';
import { type Bundled, type ModuleFormat, withStableNames } from './stable-names.ts';

/** What became of one entry. */
export interface BuiltEntry extends Bundled {
  readonly format: ModuleFormat;
  /** Every file that was looked at for it, whether something of it is left or not; absolute. */
  readonly files: readonly string[];
  /** Files that are not there, and would be taken for some of these if they were. */
  readonly shadows: readonly string[];
}

/**
 * Bundles modules, each as if alone, and writes nothing. Files that several share are parsed once.
 * @param overlay absolute path to a text that stands for the file's own
 * @throws SluiceError GRAPH_LOAD with file and line
 */
export async function runEsbuild(
  entries: readonly string[],
  { projectDir, cacheDir, keepDynamicImports, leaveBodies }: BundleOptions,
  overlay: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, BuiltEntry>> {
  const { build: esbuild } = loadEsbuild();
  const outdir = join(cacheDir, 'code');
  const result: BuildResult<{ metafile: true; write: false }> = await esbuild({
    entryPoints: entries.map((entry, index) => ({ in: entry, out: String(index) })),
    ...moduleOptions,
    packages: 'external',
    outdir,
    absWorkingDir: projectDir,
    loader: { '.sql': 'text' },
    plugins: [
      overlaid(overlay),
      pureDeclarations,
      ...(keepDynamicImports === true ? [dynamicImportsStay] : []),
      ...(leaveBodies === true ? [bodiesStay] : []),
    ],
  }).catch((error: unknown) => {
    throw compileError(error, entries[0] ?? '');
  });
  const ignored = result.warnings.find(({ id }) => id === 'ignored-bare-import');
  if (ignored !== undefined) throw ignoredImport(ignored);
  const texts = new Map(result.outputFiles.map((file) => [file.path, file]));
  const outputs = new Map(Object.entries(result.metafile.outputs).map(([path, output]) => [resolve(projectDir, path), output]));
  const built = entries.map((entry, index): BuiltEntry => {
    const path = join(outdir, `${index}.js`);
    const [code, output] = [texts.get(path), outputs.get(path)];
    if (code === undefined || output === undefined) throw new SluiceError('GRAPH_LOAD', `${entry} bundles to nothing`);
    const reached = reachedFrom(output.entryPoint ?? '', result.metafile);
    const files = reached.map((file) => sourceFile(projectDir, file));
    return {
      code: code.text,
      map: texts.get(`${path}.map`)?.text,
      format: 'esm',
      output,
      files,
      shadows: shadows(reached, result.metafile, projectDir),
    };
  });
  // A graph is not keyed, and imports bodies by where they lie.
  const named = keepDynamicImports === true ? built : await withStableNames(built, outdir);
  return new Map(
    entries.flatMap((entry, index): [string, BuiltEntry][] => {
      const found = named[index];
      return found === undefined ? [] : [[entry, found]];
    }),
  );
}

/** A file as esbuild names it, perhaps behind a namespace. */
export function sourceFile(projectDir: string, file: string): string {
  return resolve(projectDir, file.replace(/^[a-z-]+:/, ''));
}

function reachedFrom(entry: string, { inputs }: Metafile): readonly string[] {
  const reached = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const input = inputs[file];
    if (input === undefined || reached.has(file)) continue;
    reached.add(file);
    for (const { path, external } of input.imports) if (external !== true) waiting.push(path);
  }
  return [...reached];
}

function shadows(files: readonly string[], { inputs }: Metafile, projectDir: string): readonly string[] {
  return files.flatMap((file) =>
    (inputs[file]?.imports ?? []).flatMap(({ path, original, external }) =>
      external === true || original === undefined ? [] : shadowsOf(sourceFile(projectDir, file), original, sourceFile(projectDir, path)),
    ),
  );
}
