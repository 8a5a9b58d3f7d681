import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  /** Where this Sluice lies. */
  readonly root: string;
  readonly version: string;
  /** Not from a registry: a checkout, or a tarball. */
  readonly private: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The package that this module is a part of, in sources and in `dist/` alike. */
export function installedPackage(from: string = import.meta.dirname): InstalledPackage {
  for (let dir = from; ; dir = dirname(dir)) {
    const found = readPackage(dir);
    if (found?.name === 'sluice') {
      return {
        root: dir,
        version: found.version ?? '0.0.0',
        private: found.private === true,
        dependencies: found.dependencies ?? {},
        devDependencies: found.devDependencies ?? {},
      };
    }
    if (dirname(dir) === dir) throw new Error(`no package "sluice" above ${from}`);
  }
}

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readPackage(dir: string): PackageJson | null {
  try {
    return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as PackageJson;
  } catch {
    return null;
  }
}
