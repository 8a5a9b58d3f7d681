import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { SluiceError } from '../errors/sluice-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that the search heeds, beside the one that names a file. */
const SEARCH_VARIABLES = ['VIRTUAL_ENV', 'CONDA_PREFIX', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

/** A shared library that comes in a Python wheel. */
export interface WheelLibrary {
  /** Such as `libxgboost.so`. */
  readonly fileName: string;
  /** The folder under `site-packages` that it lies in, such as `xgboost/lib`. */
  readonly folder: string;
  /** Environment variable that names a file instead: absolute, or from the project's folder. */
  readonly variable: string;
  /** What installs it. */
  readonly pip: string;
}

/**
 * The library to load: the file that the environment names, else the one in the project's `.venv`, else what the system has.
 * @throws SluiceError NATIVE_NOT_FOUND that names the places looked at and the command that installs it
 */
export function locateInPython(library: WheelLibrary, projectDir: string, env: Environment = process.env): string {
  const found = pathInPython(library, { projectDir, env });
  if (found !== null) return found;
  const { fileName, variable, pip } = library;
  const named = env[variable];
  if (named !== undefined && named !== '') {
    throw new SluiceError('NATIVE_NOT_FOUND', `${variable} names ${named}, which does not exist`, {
      hint: `Point ${variable} at a ${fileName} file, or unset it to use the one in .venv.`,
    });
  }
  throw new SluiceError(
    'NATIVE_NOT_FOUND',
    `no ${fileName}: looked in ${join(projectDir, '.venv')}, in the library path and in the system's Python`,
    {
      hint: `Run \`make setup\`, or \`python3 -m venv .venv && .venv/bin/pip install ${pip}\`, or set ${variable} to a ${fileName} file.`,
      data: { lookedAt: candidates(library, projectDir, env) },
    },
  );
}

/** As {@link locateInPython}, but null where there is none. */
export function pathInPython(
  library: WheelLibrary,
  { projectDir, env = process.env }: { readonly projectDir: string; readonly env?: Environment },
): string | null {
  const named = env[library.variable];
  if (named !== undefined && named !== '') return existsSync(resolve(projectDir, named)) ? resolve(projectDir, named) : null;
  return candidates(library, projectDir, env).find((candidate) => existsSync(candidate)) ?? null;
}

/** What an answer of {@link pathInPython} rests on: variables, and files and folders that are there or not. */
export function searchOf(
  library: WheelLibrary,
  projectDir: string,
): { readonly variables: readonly string[]; readonly files: readonly string[] } {
  const all = candidates(library, projectDir, process.env);
  const found = all.findIndex((candidate) => existsSync(candidate));
  const pythons = [process.env['VIRTUAL_ENV'], join(projectDir, '.venv')].flatMap((root) =>
    root === undefined ? [] : [join(root, 'lib')],
  );
  return { variables: [library.variable, ...SEARCH_VARIABLES], files: [...pythons, ...all.slice(0, found < 0 ? all.length : found + 1)] };
}

function candidates({ fileName, folder }: WheelLibrary, projectDir: string, env: Environment): string[] {
  const venv = join(projectDir, '.venv');
  const inVenv = [...pythonFolders(join(venv, 'lib')).map((python) => join(python, 'site-packages')), join(venv, 'Lib', 'site-packages')];
  const roots = [env['VIRTUAL_ENV'], env['CONDA_PREFIX'], '/usr/local', '/usr', '/opt/homebrew'].filter((root) => root !== undefined);
  const inSystem = roots
    .flatMap((root) => pythonFolders(join(root, 'lib')))
    .flatMap((python) => [join(python, 'site-packages'), join(python, 'dist-packages')]);
  const inWheel = (sitePackages: string): string => join(sitePackages, folder, fileName);
  return [...inVenv.map(inWheel), ...libraryFolders(env).map((libraries) => join(libraries, fileName)), ...inSystem.map(inWheel)];
}

function libraryFolders(env: Environment): string[] {
  const libraryPath = (env['LD_LIBRARY_PATH'] ?? env['DYLD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const usual = [
    '/usr/local/lib',
    '/usr/lib',
    '/usr/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/opt/homebrew/lib',
  ];
  return [...libraryPath, ...usual];
}

/** `lib/python3.*` of a prefix, newest first. */
function pythonFolders(lib: string): string[] {
  if (!existsSync(lib)) return [];
  const names = readdirSync(lib).filter((name) => /^python3(\.\d+)?$/.test(name));
  return names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((name) => join(lib, name));
}

/** A library's file name on this platform: `<unix>.so`, `<unix>.dylib` or `<windows>.dll`. */
export function libraryFileName(unix: string, windows: string): string {
  return process.platform === 'win32' ? `${windows}.dll` : `${unix}.${process.platform === 'darwin' ? 'dylib' : 'so'}`;
}
