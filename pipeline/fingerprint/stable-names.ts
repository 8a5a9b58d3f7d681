import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { fixLetterOrder } from './letter-order.ts';
import { moduleOptions } from './module-options.ts';

/** What became of one entry of the bundler: a module whose names are short already. */
export interface Bundled {
  readonly code: string;
  readonly map: string | undefined;
  readonly output: Metafile['outputs'][string];
}

/**
 * Bundles bundles once more, so that their bytes depend on the code alone: an edit of comments, types, names of locals or of an
 * export that nobody uses gives the same ones, on every machine. Of a stage's body only the default export is used.
 * @param bundles each with imports of packages only
 * @param outdir where the source maps take themselves to lie
 * @returns as many, in the same order
 */
export async function withStableNames<T extends Bundled>(bundles: readonly T[], outdir: string): Promise<readonly T[]> {
  const { build: esbuild } = await import('esbuild');
  const inMemory = new Map<string, string>();
  const entries = bundles.map(({ code, map, output }, index) => {
    const path = join(outdir, `${index}.js`);
    inMemory.set(path, withMap(`${code}${fixLetterOrder(code)}`, map));
    if (!output.exports.includes('default')) return path;
    const entry = join(outdir, `${index}.entry.js`);
    inMemory.set(entry, `export{default}from${JSON.stringify(path)}`);
    return entry;
  });
  const result = await esbuild({
    entryPoints: entries.map((path, index) => ({ in: path, out: String(index) })),
    ...moduleOptions,
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
      build.onResolve({ filter: /./ }, ({ path }) => (inMemory.has(path) ? { path } : { path, external: true }));
      build.onLoad({ filter: /./ }, ({ path }) => ({ contents: inMemory.get(path) ?? '', loader: 'js' }));
    },
  };
}

function withMap(code: string, map: string | undefined): string {
  return map === undefined ? code : `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}
