import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { SluiceError } from '../errors/sluice-error.ts';
import { type Digest, digestOf } from './digest.ts';
import { type FileStamp, sameStamp, stampFile } from './file-stamp.ts';
import { messageOf } from '../util/error-code.ts';
import { temporaryName } from '../util/temporary-name.ts';

/** One module with all it imports from this project; npm packages stay outside. */
export interface Bundle {
  /** The file that runs. */
  readonly path: string;
  /** sha256 of its bytes: the bytes that are hashed are the bytes that run. */
  readonly digest: Digest;
  /** npm packages that it imports. */
  readonly packages: readonly string[];
  /** Source files, relative to the project, with the digest of each: for `why`, not part of the key. */
  readonly sources: Readonly<Record<string, Digest>>;
}

interface CachedBundle extends Bundle {
  readonly stamps: Readonly<Record<string, FileStamp>>;
}

export interface BundleOptions {
  readonly projectDir: string;
  readonly cacheDir: string;
  /** Leaves `import('./run.ts')` in place with an absolute path, so that a graph loads without its bodies. */
  readonly keepDynamicImports?: boolean;
}

/**
 * Bundles a module with esbuild: tree-shaken, comments and names of locals dropped, `.sql` as text. An unchanged module
 * (by `stat` of every source) is not bundled again.
 * @throws SluiceError GRAPH_LOAD with file and line when the source does not compile
 */
export async function bundleModule(entry: string, options: BundleOptions): Promise<Bundle> {
  const record = join(options.cacheDir, 'bundles', `${digestOf(`${entry}\n${options.keepDynamicImports === true}`).slice(0, 32)}.json`);
  const cached = await readCached(record);
  if (cached !== null) return cached;
  return build(entry, options, record);
}

async function readCached(record: string): Promise<Bundle | null> {
  try {
    const cached = JSON.parse(await readFile(record, 'utf8')) as CachedBundle;
    await access(cached.path);
    for (const [path, stamp] of Object.entries(cached.stamps)) {
      const now = await stampFile(path);
      if (now === null || !sameStamp(stamp, now)) return null;
    }
    return cached;
  } catch {
    return null;
  }
}

async function build(entry: string, { projectDir, cacheDir, keepDynamicImports }: BundleOptions, record: string): Promise<Bundle> {
  const { build: esbuild } = await import('esbuild');
  const result = await esbuild({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'external',
    outdir: join(cacheDir, 'code'),
    absWorkingDir: projectDir,
    loader: { '.sql': 'text' },
    logLevel: 'silent',
    plugins: [pureDeclarations, ...(keepDynamicImports === true ? [dynamicImportsStay] : [])],
  }).catch((error: unknown) => {
    throw compileError(error, entry);
  });
  const code = result.outputFiles.find((file) => file.path.endsWith('.js'));
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'));
  if (code === undefined) throw new SluiceError('GRAPH_LOAD', `${entry} bundles to nothing`);
  const digest = digestOf(code.contents);
  const path = await writeCode(join(cacheDir, 'code'), digest, code.text, map?.text);
  const files = Object.keys(result.metafile.inputs).map((file) => resolve(projectDir, file.replace(/^[a-z-]+:/, '')));
  const [sources, stamps] = await describeSources(files, projectDir);
  const bundle: CachedBundle = { path, digest, packages: externalPackages(result.metafile.inputs), sources, stamps };
  await mkdir(join(cacheDir, 'bundles'), { recursive: true });
  const temporary = temporaryName(record);
  await writeFile(temporary, JSON.stringify(bundle));
  await rename(temporary, record);
  return bundle;
}

async function writeCode(dir: string, digest: string, code: string, map: string | undefined): Promise<string> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, `${digest.slice(0, 32)}.mjs`);
  if (map !== undefined) await writeFile(`${path}.map`, map);
  const temporary = temporaryName(path);
  await writeFile(temporary, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
  await rename(temporary, path);
  return path;
}

async function describeSources(files: readonly string[], projectDir: string): Promise<[Record<string, Digest>, Record<string, FileStamp>]> {
  const sources: Record<string, Digest> = {};
  const stamps: Record<string, FileStamp> = {};
  for (const file of files) {
    const stamp = await stampFile(file);
    if (stamp === null) continue;
    stamps[file] = stamp;
    sources[relative(projectDir, file)] = digestOf(await readFile(file));
  }
  return [sources, stamps];
}

function externalPackages(inputs: Readonly<Record<string, { imports: readonly { path: string; external?: boolean }[] }>>): string[] {
  const specifiers = Object.values(inputs).flatMap(({ imports }) => imports.filter((item) => item.external === true).map((item) => item.path));
  const names = specifiers.filter((path) => !/^(node:|\/|\.|file:)/.test(path)).map((path) => path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].toSorted();
}

/** A declaration that nobody uses is dropped: without this, a body that imports one schema would carry the whole graph. */
const pureDeclarations: Plugin = {
  name: 'pure-declarations',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:stage|[a-z-]*schema|catalogue)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll(/= (defineStage|z\.|artifact\.)/g, '= /* @__PURE__ */ $1'), loader: 'ts' };
    });
  },
};

const dynamicImportsStay: Plugin = {
  name: 'dynamic-imports-stay',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, (args) => (args.kind === 'dynamic-import' ? { path: resolve(args.resolveDir, args.path), external: true } : undefined));
  },
};

function compileError(error: unknown, entry: string): SluiceError {
  const first = typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors) ? (error.errors as { text: string; location: { file: string; line: number; column: number; lineText: string; length: number } | null }[])[0] : undefined;
  if (first === undefined) return new SluiceError('GRAPH_LOAD', `cannot load ${entry}: ${messageOf(error)}`, { cause: error });
  const { location } = first;
  return new SluiceError('GRAPH_LOAD', first.text, {
    cause: error,
    ...(location === null ? {} : { at: { file: location.file, line: location.line, column: location.column + 1, text: location.lineText, length: location.length } }),
  });
}
