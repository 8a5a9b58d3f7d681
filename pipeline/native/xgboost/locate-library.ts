import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { SluiceError } from '../../errors/sluice-error.ts';

const FILE_NAME = process.platform === 'darwin' ? 'libxgboost.dylib' : process.platform === 'win32' ? 'xgboost.dll' : 'libxgboost.so';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The libxgboost to load: `SLUICE_XGBOOST` (a file), else the project's `.venv`, else what the system has.
 * The file is loaded where it lies: its own libgomp is found beside it.
 * @throws SluiceError NATIVE_NOT_FOUND that names the places looked at and the command that installs it
 */
export function locateXgboost(projectDir: string, env: Environment = process.env): string {
  const found = xgboostPath({ projectDir, env });
  if (found !== null) return found;
  const named = env['SLUICE_XGBOOST'];
  if (named !== undefined && named !== '') {
    throw new SluiceError('NATIVE_NOT_FOUND', `SLUICE_XGBOOST names ${named}, which does not exist`, {
      hint: 'Point SLUICE_XGBOOST at a libxgboost file, or unset it to use the one in .venv.',
    });
  }
  throw new SluiceError(
    'NATIVE_NOT_FOUND',
    `no ${FILE_NAME}: looked in ${join(projectDir, '.venv')}, in the library path and in the system's Python`,
    {
      hint: 'Run `make setup`, or `python3 -m venv .venv && .venv/bin/pip install xgboost-cpu==3.2.0` (on macOS: xgboost==3.2.0), or set SLUICE_XGBOOST to a libxgboost file.',
      data: { lookedAt: candidates(projectDir, env) },
    },
  );
}

/** As {@link locateXgboost}, but null where there is none. */
export function xgboostPath({ projectDir, env = process.env }: { readonly projectDir: string; readonly env?: Environment }): string | null {
  const named = env['SLUICE_XGBOOST'];
  if (named !== undefined && named !== '') return existsSync(named) ? resolve(named) : null;
  return candidates(projectDir, env).find((candidate) => existsSync(candidate)) ?? null;
}

function candidates(projectDir: string, env: Environment): string[] {
  return [...inVirtualEnvironment(join(projectDir, '.venv')), ...inSystem(env)];
}

function inVirtualEnvironment(venv: string): string[] {
  const windows = join(venv, 'Lib', 'site-packages');
  return [...pythonFolders(join(venv, 'lib')).map((python) => join(python, 'site-packages')), windows].map(inWheel);
}

function inSystem(env: Environment): string[] {
  const libraryPath = (env['LD_LIBRARY_PATH'] ?? env['DYLD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const folders = [
    ...libraryPath,
    '/usr/local/lib',
    '/usr/lib',
    '/usr/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/opt/homebrew/lib',
  ];
  const roots = [env['VIRTUAL_ENV'], env['CONDA_PREFIX'], '/usr/local', '/usr', '/opt/homebrew'].filter((root) => root !== undefined);
  const packages = roots
    .flatMap((root) => pythonFolders(join(root, 'lib')))
    .flatMap((python) => [join(python, 'site-packages'), join(python, 'dist-packages')]);
  return [...folders.map((folder) => join(folder, FILE_NAME)), ...packages.map(inWheel)];
}

/** `lib/python3.*` of a prefix, newest first. */
function pythonFolders(lib: string): string[] {
  if (!existsSync(lib)) return [];
  const names = readdirSync(lib).filter((name) => /^python3(\.\d+)?$/.test(name));
  return names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((name) => join(lib, name));
}

function inWheel(sitePackages: string): string {
  return join(sitePackages, 'xgboost', 'lib', FILE_NAME);
}
