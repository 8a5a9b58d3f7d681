import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildResult, Metafile } from 'esbuild';
import { SluiceError } from '../errors/sluice-error.ts';
import { temporaryName } from '../util/temporary-name.ts';
import { dynamicImportsStay, overlaid, pureDeclarations } from './bundle-plugins.ts';
import { compileError } from './compile-error.ts';
import { type Digest, digestOf } from './digest.ts';
import { type FileStamp, sameStamp, stampFile } from './file-stamp.ts';
import { SourceArchive } from './source-archive.ts';
import { refuseUntracked } from './untracked-access.ts';

/** One module with all it imports from this project; npm packages stay outside. */
export interface Bundle {
  /** The file that runs. */
  readonly path: string;
  /** sha256 of its bytes: the bytes that are hashed are the bytes that run. */
  readonly digest: Digest;
  /** npm packages that it imports: those of code that is left after shaking, not of every file that was looked at. */
  readonly packages: readonly string[];
  /** Source files, relative to the project, with the digest of each: for `why`, not part of the key. */
  readonly sources: Readonly<Record<string, Digest>>;
}

interface CachedBundle extends Bundle {
  readonly stamps: Readonly<Record<string, FileStamp | null>>;
  readonly guarded: boolean;
}

export interface BundleOptions {
  readonly projectDir: string;
  readonly cacheDir: string;
  /** Leaves `import('./run.ts')` in place with an absolute path, so that a graph loads without its bodies. */
  readonly keepDynamicImports?: boolean;
  /** Refuses sources of the project that could read what no fingerprint sees. */
  readonly refuseUntracked?: boolean;
}

/** Sources of the library itself answer to its own tests, not to the rule about untracked reads. */
const LIBRARY = libraryFolder(dirname(fileURLToPath(import.meta.url))) + sep;

/** @param here this module's folder: `pipeline/fingerprint`, or `dist` when built */
function libraryFolder(here: string): string {
  return basename(here) === 'dist' ? join(dirname(here), 'pipeline') : dirname(here);
}

/**
 * Bundles a module with esbuild: tree-shaken, comments and names of locals dropped, `.sql` as text. An unchanged module
 * (by `stat` of every source) is not bundled again.
 * @throws SluiceError GRAPH_LOAD with file and line when the source does not compile, CODE_UNTRACKED for a read that no fingerprint sees
 */
export async function bundleModule(entry: string, options: BundleOptions): Promise<Bundle> {
  const record = join(options.cacheDir, 'bundles', `${digestOf(`${entry}\n${options.keepDynamicImports === true}`).slice(0, 32)}.json`);
  return readCached(record, options) ?? build(entry, options, record);
}

/** Blocks, as {@link stampFile} does and for the same reason. */
function readCached(record: string, options: BundleOptions): Bundle | null {
  try {
    const cached = JSON.parse(readFileSync(record, 'utf8')) as CachedBundle;
    if (options.refuseUntracked === true && !cached.guarded) return null;
    const same = Object.entries(cached.stamps).every(([path, stamp]) => unchanged(stamp, stampFile(path)));
    return same && isIntact(cached) ? cached : null;
  } catch {
    return null;
  }
}

function unchanged(before: FileStamp | null, now: FileStamp | null): boolean {
  return before === null || now === null ? before === now : sameStamp(before, now);
}

/** The file that would run still holds the bytes that were hashed. */
function isIntact({ path, digest }: Bundle): boolean {
  const text = readFileSync(path, 'utf8');
  return digestOf(text.slice(0, text.lastIndexOf(TRAILER))) === digest;
}

const TRAILER = '//# sourceMappingURL=';

async function build(entry: string, options: BundleOptions, record: string): Promise<Bundle> {
  const { projectDir, cacheDir } = options;
  const startedAt = Date.now();
  const { metafile, code, map } = await runEsbuild(entry, options);
  const used = new Set(
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [sourceFile(projectDir, file)] : [])),
    ),
  );
  const files = Object.keys(metafile.inputs).map((file) => sourceFile(projectDir, file));
  const { sources, stamps } = await describeSources(files, {
    ...options,
    startedAt,
    guard: (file) => options.refuseUntracked === true && used.has(file) && isProjectSource(file, projectDir),
  });
  const digest = digestOf(code);
  const path = await writeCode(join(cacheDir, 'code'), digest, code, map);
  const bundle: CachedBundle = {
    path,
    digest,
    packages: externalPackages(metafile),
    sources,
    stamps,
    guarded: options.refuseUntracked === true,
  };
  await mkdir(dirname(record), { recursive: true });
  const temporary = temporaryName(record);
  await writeFile(temporary, JSON.stringify(bundle));
  await rename(temporary, record);
  return bundle;
}

/** Bundles and writes nothing. @param overlay absolute path to a text that stands for the file's own */
export async function runEsbuild(
  entry: string,
  { projectDir, cacheDir, keepDynamicImports }: BundleOptions,
  overlay: ReadonlyMap<string, string> = new Map(),
): Promise<{ metafile: Metafile; code: string; map: string | undefined }> {
  const { build: esbuild } = await import('esbuild');
  const result: BuildResult<{ metafile: true; write: false }> = await esbuild({
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
    plugins: [overlaid(overlay), pureDeclarations, ...(keepDynamicImports === true ? [dynamicImportsStay] : [])],
  }).catch((error: unknown) => {
    throw compileError(error, entry);
  });
  const code = result.outputFiles.find((file) => file.path.endsWith('.js'));
  if (code === undefined) throw new SluiceError('GRAPH_LOAD', `${entry} bundles to nothing`);
  return { metafile: result.metafile, code: code.text, map: result.outputFiles.find((file) => file.path.endsWith('.map'))?.text };
}

async function writeCode(dir: string, digest: string, code: string, map: string | undefined): Promise<string> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, `${digest.slice(0, 32)}.mjs`);
  if (map !== undefined) await writeFile(`${path}.map`, map);
  const temporary = temporaryName(path);
  await writeFile(temporary, `${code}${TRAILER}${basename(path)}.map\n`);
  await rename(temporary, path);
  return path;
}

interface DescribeOptions extends BundleOptions {
  readonly startedAt: number;
  readonly guard: (file: string) => boolean;
}

/**
 * Hashes, keeps and stamps the sources. A stamp counts as taken when the bundler began: a file that changed while it ran
 * has a later ctime, which makes its stamp prove nothing.
 */
async function describeSources(files: readonly string[], options: DescribeOptions): Promise<Pick<CachedBundle, 'sources' | 'stamps'>> {
  const archive = new SourceArchive(options.cacheDir);
  const sources: Record<string, Digest> = {};
  const stamps: Record<string, FileStamp | null> = {};
  for (const name of ['package.json', 'tsconfig.json']) {
    const file = join(options.projectDir, name);
    stamps[file] = atStart(stampFile(file), options.startedAt);
  }
  for (const file of files) {
    const stamp = stampFile(file);
    if (stamp === null) continue;
    stamps[file] = atStart(stamp, options.startedAt);
    const text = await readFile(file);
    if (options.guard(file)) refuseUntracked(file, text.toString('utf8'));
    sources[relative(options.projectDir, file)] = await archive.keep(text);
  }
  return { sources, stamps };
}

function atStart(stamp: FileStamp | null, startedAt: number): FileStamp | null {
  return stamp === null ? null : { ...stamp, seenAt: Math.min(stamp.seenAt, startedAt) };
}

function sourceFile(projectDir: string, file: string): string {
  return resolve(projectDir, file.replace(/^[a-z-]+:/, ''));
}

function isProjectSource(file: string, projectDir: string): boolean {
  return file.startsWith(projectDir + sep) && !file.startsWith(LIBRARY) && !file.includes(`${sep}node_modules${sep}`);
}

function externalPackages({ outputs }: Metafile): string[] {
  const specifiers = Object.values(outputs).flatMap(({ imports }) =>
    imports.filter((item) => item.external === true).map((item) => item.path),
  );
  const names = specifiers
    .filter((path) => !/^(node:|\/|\.|file:|<)/.test(path) && !isBuiltin(path))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].toSorted();
}
