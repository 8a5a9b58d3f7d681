import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** A declaration that nobody uses is dropped: without this, a body that imports one schema would carry the whole graph. */
export const pureDeclarations: Plugin = {
  name: 'pure-declarations',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:stage|[a-z-]*schema|catalogue)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll(/= (defineStage|z\.|artifact\.)/g, '= /* @__PURE__ */ $1'), loader: 'ts' };
    });
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
