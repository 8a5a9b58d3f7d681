import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import { messageOf } from '../../util/error-code.ts';

/** Where everything of a project lies. Nothing is ever written outside `dir`, but for an artifacts folder moved by SLUICE_ARTIFACTS. */
export interface Project {
  readonly dir: string;
  readonly artifactsDir: string;
  /** `<dir>/.sluice`: bundles and stat caches; losing it costs time only. */
  readonly cacheDir: string;
  /** The module that exports `pipeline`. */
  readonly pipelineFile: string;
  readonly configFile: string;
}

interface PackageJson {
  readonly sluice?: { readonly pipeline?: string; readonly config?: string };
}

/** The project that `cwd` lies in: the nearest folder upwards whose package.json has a "sluice" entry, else the nearest with a package.json. */
export function openProject(cwd: string, env: Readonly<Record<string, string | undefined>> = process.env): Project {
  const dir = findProject(cwd) ?? cwd;
  const settings = readPackage(dir)?.sluice ?? {};
  const artifacts = env['SLUICE_ARTIFACTS'];
  return {
    dir,
    artifactsDir: artifacts === undefined || artifacts === '' ? join(dir, 'artifacts') : resolve(cwd, artifacts),
    cacheDir: join(dir, '.sluice'),
    pipelineFile: resolve(dir, settings.pipeline ?? 'stages/index.ts'),
    configFile: resolve(dir, settings.config ?? 'configs/home-credit.yaml'),
  };
}

function findProject(cwd: string): string | null {
  let nearest: string | null = null;
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    const found = readPackage(dir);
    if (found?.sluice !== undefined) return dir;
    if (found !== null) nearest ??= dir;
    if (dirname(dir) === dir) return nearest;
  }
}

function readPackage(dir: string): PackageJson | null {
  const file = join(dir, 'package.json');
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
  } catch (error) {
    throw new SluiceError('CONFIG_SYNTAX', `${file} is not JSON: ${messageOf(error)}`, { hint: 'Correct it.', cause: error });
  }
}
