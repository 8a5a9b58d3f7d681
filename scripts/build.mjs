/**
 * Builds dist/: the command line and the library as ES modules that share chunks, the programs of child processes as one CommonJS file
 * each, and the declarations of the library. All files lie flat, so that `./stage-runner.cjs` is beside whatever asks for it.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildWorkbench } from './build-workbench.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const withTypes = !process.argv.includes('--no-types');
const clean = process.argv.includes('--clean');
/** How long files of an older build stay, in ms. */
const KEEP_MS = 3_600_000;
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/**
 * Packages that stay outside: native ones, and zod, of which a graph and the engine must have the same. The others (yaml, yargs and the like)
 * are built in: as a hundred small CommonJS files they took three times as long to load. They stay dependencies, with their licences beside.
 */
const OUTSIDE = ['@duckdb/node-api', 'esbuild', 'koffi', 'zod'];
/** CommonJS that was built into an ES module asks for Node's own modules by `require`. */
const REQUIRE = "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);";

/** What a stage's child loads only for a table, a folder or a large file: half of what it would have to parse. */
const SELDOM = { 'describe-parquet': 'pipeline/execute/child/describe-parquet.ts', 'file-store': 'pipeline/store/file-store.ts' };
const seldomStays = {
  name: 'seldom-stays',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`/(?:${Object.keys(SELDOM).join('|')})\\.ts$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
    );
  },
};

const options = {
  absWorkingDir: root,
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: OUTSIDE,
  banner: { js: REQUIRE },
  loader: { '.sql': 'text' },
  legalComments: 'none',
  define: { SLUICE_VERSION: JSON.stringify(version) },
};
const parts = await Promise.all([
  build({
    ...options,
    entryPoints: { cli: 'pipeline/cli/main.ts', index: 'pipeline/index.ts' },
    splitting: true,
    chunkNames: 'chunk-[hash]',
  }),
  // One file without chunks: it starts once a stage, and each file that it loads is time. What few stages need lies beside it.
  // Not as an ES module, whose loader would be started for it, and short, since it is parsed a stage.
  build({
    ...options,
    entryPoints: {
      'stage-runner': 'pipeline/execute/child/stage-runner.ts',
      'projection-program': 'pipeline/execute/projection/projection-program.ts',
      ...SELDOM,
    },
    plugins: [seldomStays],
    format: 'cjs',
    banner: {},
    outExtension: { '.js': '.cjs' },
    minifyWhitespace: true,
    minifySyntax: true,
  }),
]);
const outputFiles = parts.flatMap((part) => part.outputFiles);

// Chunks first, entries last, each in one rename; files of an older build go later, since a run that is under way may still
// load them. A tarball gets none of them.
const isEntry = (file) => /(?:cli|index|stage-runner|projection-program)\.[cm]js$/.test(file.path);
await mkdir(dist, { recursive: true });
for (const file of [...outputFiles.filter((file) => !isEntry(file)), ...outputFiles.filter(isEntry)])
  await replace(file.path, file.contents);
const fresh = new Set(outputFiles.map((file) => file.path));
for (const name of await readdir(dist)) {
  const path = join(dist, name);
  const old = clean || Date.now() - (await stat(path)).mtimeMs > KEEP_MS;
  if (/\.[cm]js/.test(name) && !fresh.has(path) && old) await rm(path, { force: true });
}
if (withTypes) await declarations();
// The officer's page belongs to this repository's pipeline, not to the package that others install.
if (!clean) await buildWorkbench({ root, out: join(dist, 'workbench') });
process.stderr.write(`built dist/: ${outputFiles.length} modules${withTypes ? ' and the types' : ''}\n`);

async function replace(path, contents) {
  const before = await readFile(path).catch(() => null);
  if (before !== null && before.equals(contents)) return utimes(path, new Date(), new Date());
  await writeFile(`${path}.${process.pid}`, contents);
  return rename(`${path}.${process.pid}`, path);
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
