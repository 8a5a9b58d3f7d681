/** Runs a TypeScript file of this repository: `node scripts/run-ts.mjs scripts/generate.ts --check`. Node 20 does not by itself. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [entry = '', ...args] = process.argv.slice(2);
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [resolve(entry)],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  loader: { '.sql': 'text' },
  outdir: join(root, '.sluice'),
  logLevel: 'error',
  plugins: [
    {
      name: 'bodies-stay',
      setup: (build) =>
        build.onResolve({ filter: /\/run\.ts$/ }, ({ path, kind }) => (kind === 'dynamic-import' ? { path, external: true } : null)),
    },
  ],
});
const file = join(root, '.sluice', 'scripts', `${basename(entry, '.ts')}-${process.pid}.mjs`);
await mkdir(join(root, '.sluice', 'scripts'), { recursive: true });
await writeFile(file, outputFiles[0].contents);
process.argv.splice(1, process.argv.length - 1, file, ...args);
try {
  await import(pathToFileURL(file).href);
} finally {
  await rm(file);
}
