/**
 * Builds dist/: the command line, the stage-runner and the library as ES modules that share chunks (npm packages stay
 * outside), and the declarations of the library. All files lie flat, so that `./stage-runner.mjs` is beside whatever asks for it.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const withTypes = !process.argv.includes('--no-types');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'pipeline/cli/main.ts', 'stage-runner': 'pipeline/execute/child/stage-runner.ts', index: 'pipeline/index.ts' },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  loader: { '.sql': 'text' },
  keepNames: true,
  legalComments: 'none',
  define: { SLUICE_VERSION: JSON.stringify(version) },
});

// Chunks first, entries last, old files away afterwards: a command that runs meanwhile finds its files.
const named = (file) => /(?:cli|index|stage-runner)\.mjs$/.test(file.path);
for (const file of [...outputFiles.filter((file) => !named(file)), ...outputFiles.filter(named)]) await write(file);
const fresh = new Set(outputFiles.map((file) => file.path));
for (const name of await readdir(dist)) {
  if (name.endsWith('.mjs') && !fresh.has(join(dist, name))) await rm(join(dist, name));
}
if (withTypes) await declarations();
process.stderr.write(`built dist/: ${Object.keys(metafile.outputs).length} modules${withTypes ? ' and the types' : ''}\n`);

async function write(file) {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(dist, { recursive: true });
  await writeFile(file.path, file.contents);
}

/** TypeScript 7 rewrites `.ts` to `.js` in code only, so the declarations' own imports are rewritten here. */
async function declarations() {
  const types = join(dist, 'types');
  await rm(types, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', join(root, 'tsconfig.types.json')], { cwd: root }).catch((error) => {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw new Error('the declarations of the library did not build', { cause: error });
  });
  for (const entry of await readdir(types, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.d.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll(/(from '|import\(')(\.{1,2}\/[^']+)\.ts'/g, "$1$2.js'"));
  }
}
