import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

const DECLARATIONS = /[\\/](?:stage|[a-z-]*schema|catalogue)\.ts$/;

function markPure(text: string): string {
  return text.replaceAll(/= (defineStage|z\.|artifact\.)/g, '= /* @__PURE__ */ $1');
}

/** A declaration that nobody uses is dropped: without this, a body that imports one schema would carry the whole graph. */
export const pureDeclarations: Plugin = {
  name: 'pure-declarations',
  setup(build) {
    build.onLoad({ filter: DECLARATIONS }, async ({ path }) => ({ contents: markPure(await readFile(path, 'utf8')), loader: 'ts' }));
  },
};

/** Leaves `import('./run.ts')` in place with an absolute path, so that a graph loads without its bodies. */
export const dynamicImportsStay: Plugin = {
  name: 'dynamic-imports-stay',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, (args) =>
      args.kind === 'dynamic-import' ? { path: resolve(args.resolveDir, args.path), external: true } : undefined,
    );
  },
};

/** Leaves the bodies of stages where they are: what reads a declaration does not run its stage, and its packages would be loaded with it. */
export const bodiesStay: Plugin = {
  name: 'bodies-stay',
  setup(build) {
    build.onResolve({ filter: /^\.\/run\.ts$/ }, (args) =>
      args.kind === 'dynamic-import' ? { path: resolve(args.resolveDir, args.path), external: true } : undefined,
    );
  },
};

/** Takes the texts of some files from elsewhere. */
export function overlaid(texts: ReadonlyMap<string, string>): Plugin {
  const loaders: Readonly<Record<string, Loader>> = { '.sql': 'text', '.json': 'json', '.js': 'js', '.mjs': 'js', '.cjs': 'js' };
  return {
    name: 'overlaid',
    setup(build) {
      if (texts.size === 0) return;
      build.onLoad({ filter: /./ }, ({ path }) => {
        const text = texts.get(path);
        if (text === undefined) return undefined;
        return {
          contents: DECLARATIONS.test(path) ? markPure(text) : text,
          loader: loaders[extname(path)] ?? 'ts',
          resolveDir: dirname(path),
        };
      });
    },
  };
}
