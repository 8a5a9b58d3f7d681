import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { fixLetterOrder } from './letter-order.ts';
import { loadEsbuild } from './load-esbuild.ts';
import { moduleOptions } from './module-options.ts';

/** What became of one entry of the bundler: a module whose names are short already. */
export interface Bundled {
  readonly code: string;
  readonly map: string | undefined;
  readonly output: Metafile['outputs'][string];
}

/** How Node loads a module. */
export type ModuleFormat = 'cjs' | 'esm';

/** A module with its default export alone, which in CommonJS is the whole of it. */
const ONLY_DEFAULT: Readonly<Record<ModuleFormat, (path: string) => string>> = {
  cjs: (path) => `import d from${JSON.stringify(path)};module.exports=d`,
  esm: (path) => `export{default}from${JSON.stringify(path)}`,
};

/**
 * Bundles bundles once more, so that their bytes depend on the code alone: an edit of comments, types, names of locals or of an
 * export that nobody uses gives the same ones, on every machine. Of a stage's body only the default export is used. One that imports
 * nothing but Node's own modules becomes a CommonJS module: its child then starts without the loader of ES modules.
 * @param bundles each with imports of packages only
 * @param outdir where the source maps take themselves to lie
 * @returns as many, in the same order
 */
export async function withStableNames<T extends Bundled>(
  bundles: readonly T[],
  outdir: string,
): Promise<readonly (T & { readonly format: ModuleFormat })[]> {
  const done = new Map<T, T & { readonly format: ModuleFormat }>();
  const keep = async (some: readonly T[], format: ModuleFormat): Promise<void> => {
    for (const [index, bundle] of (await renamed(some, outdir, format)).entries()) {
      const of = some[index];
      if (of !== undefined) done.set(of, { ...bundle, format });
    }
  };
  const plain = bundles.filter(isPlain);
  // One that awaits at its top level can be no CommonJS module, and stops those that are bundled with it.
  await keep(plain, 'cjs').catch(() => Promise.all(plain.map((one) => keep([one], 'cjs').catch(() => {}))));
  await keep(
    bundles.filter((bundle) => !done.has(bundle)),
    'esm',
  );
  return bundles.flatMap((bundle) => done.get(bundle) ?? []);
}

function isPlain({ code, output }: Bundled): boolean {
  const outside = output.imports.filter(({ external }) => external === true);
  return output.exports.includes('default') && outside.every(({ path }) => isBuiltin(path)) && !code.includes('import.meta');
}

async function renamed<T extends Bundled>(bundles: readonly T[], outdir: string, format: ModuleFormat): Promise<readonly T[]> {
  if (bundles.length === 0) return [];
  const { build: esbuild } = loadEsbuild();
  const inMemory = new Map<string, string>();
  const entries = bundles.map(({ code, map, output }, index) => {
    const path = join(outdir, `${index}.js`);
    inMemory.set(path, withMap(`${code}${fixLetterOrder(code)}`, map));
    if (!output.exports.includes('default')) return path;
    const entry = join(outdir, `${index}.entry.js`);
    inMemory.set(entry, ONLY_DEFAULT[format](path));
    return entry;
  });
  const result = await esbuild({
    entryPoints: entries.map((path, index) => ({ in: path, out: String(index) })),
    ...moduleOptions,
    format,
    ...(format === 'cjs' && { banner: { js: '"use strict";' } }), // as every ES module is
    outdir,
    absWorkingDir: outdir,
    plugins: [served(inMemory)],
  });
  const outputs = new Map(result.outputFiles.map((file) => [file.path, file.text]));
  return bundles.map((bundle, index) => {
    const path = join(outdir, `${index}.js`);
    const imports = result.metafile.outputs[`${index}.js`]?.imports ?? bundle.output.imports;
    return { ...bundle, code: outputs.get(path) ?? bundle.code, map: outputs.get(`${path}.map`), output: { ...bundle.output, imports } };
  });
}

function served(inMemory: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'in-memory',
    setup(build) {
      // All but `node:…`, which stay outside without being asked for, a thousand times over.
      build.onResolve({ filter: /^(?:[^n]|n[^o]|no[^d]|nod[^e]|node[^:])/ }, ({ path }) =>
        inMemory.has(path) ? { path } : { path, external: true },
      );
      build.onLoad({ filter: /./ }, ({ path }) => ({ contents: inMemory.get(path) ?? '', loader: 'js' }));
    },
  };
}

function withMap(code: string, map: string | undefined): string {
  return map === undefined ? code : `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}
