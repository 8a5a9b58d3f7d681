/**
 * Builds dist/workbench: the officer's page as static files, each named by its content, with a Brotli and a gzip of each beside it, so that
 * the server compresses nothing while it answers. Written as it stands in the folder only when something changed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

/** How long files of an older build stay, in ms: a page that is open may still ask for them. */
const KEEP_MS = 3_600_000;
const packs = {
  '.br': (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** @returns {Promise<number>} bytes of the page's script and style, compressed */
export async function buildWorkbench({ root, out, clean = false }) {
  const source = join(root, 'serving/workbench');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: join(source, 'app/main.tsx'), style: join(source, 'design/workbench.css'), icon: join(source, 'design/icon.svg') },
    outdir: join(out, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome120', 'firefox121', 'safari17'],
    jsx: 'automatic',
    legalComments: 'linked',
    loader: { '.svg': 'copy' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [otherLanguagesLeft()],
    logLevel: 'warning',
  });
  await mkdir(join(out, 'assets'), { recursive: true });
  const sizes = await Promise.all(outputFiles.map(({ path, contents }) => put(path, Buffer.from(contents))));
  await put(join(out, 'index.html'), Buffer.from(await page(source, metafile)));
  const kept = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of await readdir(join(out, 'assets'))) {
    const path = join(out, 'assets', name);
    const old = clean || Date.now() - (await stat(path)).mtimeMs > KEEP_MS;
    if (old && !kept.has(name.replace(/\.(?:br|gz)$/, ''))) await rm(path, { force: true });
  }
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** index.html with the names that this build gave to its files. */
async function page(source, metafile) {
  const built = Object.keys(metafile.outputs).map((name) => basename(name));
  const href = (form) => `./assets/${built.find((name) => form.test(name))}`;
  const names = { script: href(/^app-\w+\.js$/), style: href(/^style-\w+\.css$/), icon: href(/^icon-\w+\.svg$/) };
  const template = await readFile(join(source, 'index.html'), 'utf8');
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => names[name]);
}

/** Words that libraries bring in some fifty languages (react-aria's buttons, zod's complaints), in the page's two instead. */
function otherLanguagesLeft() {
  return {
    name: 'other-languages-left',
    setup(build) {
      build.onLoad({ filter: /[\\/]intl[\\/].*[\\/][a-z]{2}-[A-Z]{2}\.m?js$/ }, ({ path }) =>
        /(?:en-US|fr-FR)\.m?js$/.test(path) ? null : { contents: 'export default {};', loader: 'js' },
      );
      build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/].*\.js$/ }, ({ path }) =>
        /(?:index|en|fr)\.js$/.test(path) ? null : { contents: 'export default () => ({});', loader: 'js' },
      );
    },
  };
}

async function put(path, bytes) {
  const packed = Object.entries(packs);
  const current = existsSync(path) && (await readFile(path)).equals(bytes) && packed.every(([end]) => existsSync(path + end));
  if (!current) {
    for (const [end, pack] of packed) await replace(path + end, await pack(bytes));
    await replace(path, bytes);
  }
  return (await stat(`${path}.br`)).size;
}

async function replace(path, contents) {
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..');
  const out = resolve(process.argv[2] ?? join(root, 'dist/workbench'));
  const bytes = await buildWorkbench({ root, out });
  process.stderr.write(`built ${relative(root, out)}: ${(bytes / 1000).toFixed(0)} kB compressed\n`);
}
