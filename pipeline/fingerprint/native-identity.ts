import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NativeLibrary } from '../graph/stage.ts';
import { LIGHTGBM, lightgbmPath } from '../native/lightgbm/locate-library.ts';
import { searchOf } from '../native/locate-in-python.ts';
import { XGBOOST, xgboostPath } from '../native/xgboost/locate-library.ts';
import { assertNever } from '../util/assert-never.ts';
import type { StatCache } from './stat-cache.ts';

/** The bytes of a native library, as "sha256:…", or "absent": then the stage's own error says what to install. */
export async function nativeIdentity(library: NativeLibrary, projectDir: string, stats: StatCache): Promise<string> {
  const path = libraryFile(library, projectDir);
  const digest = path === null ? null : await stats.digest(path);
  return digest === null ? 'absent' : `sha256:${digest}`;
}

/** The shared library's file; null where it is not installed. */
export function libraryFile(library: NativeLibrary, projectDir: string): string | null {
  switch (library) {
    case 'xgboost':
      return xgboostPath({ projectDir });
    case 'lightgbm':
      return lightgbmPath({ projectDir });
    case 'duckdb':
      return duckdbFile(projectDir);
    default:
      return assertNever(library);
  }
}

/** What decides which file {@link libraryFile} finds. */
export function librarySearch(
  library: NativeLibrary,
  projectDir: string,
): { readonly variables: readonly string[]; readonly files: readonly string[] } {
  switch (library) {
    case 'xgboost':
      return searchOf(XGBOOST, projectDir);
    case 'lightgbm':
      return searchOf(LIGHTGBM, projectDir);
    case 'duckdb':
      return { variables: [], files: [] };
    default:
      return assertNever(library);
  }
}

/** Variables that name the files that were fingerprinted, so that a stage's child loads these and no others. */
export function libraryVariables(libraries: readonly NativeLibrary[], projectDir: string): Readonly<Record<string, string>> {
  const found = libraries.flatMap((library) => {
    const [variable] = librarySearch(library, projectDir).variables;
    const file = libraryFile(library, projectDir);
    return variable === undefined || file === null ? [] : [[variable, file]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}

/** Of the nearest node_modules: that of a workspace may lie above the project. */
function duckdbFile(projectDir: string): string | null {
  const dir = join(projectDir, 'node_modules/@duckdb', `node-bindings-${process.platform}-${process.arch}`);
  if (!existsSync(dir)) return dirname(projectDir) === projectDir ? null : duckdbFile(dirname(projectDir));
  const file = readdirSync(dir).find((name) => /^libduckdb\.(so|dylib)$|^duckdb\.dll$/.test(name));
  return file === undefined ? null : join(dir, file);
}

/** What a library's own files say of its version; null where they are silent. For explanations: the bytes decide. */
export function nativeVersion(library: NativeLibrary, projectDir: string): string | null {
  const file = libraryFile(library, projectDir);
  if (file === null) return null;
  try {
    switch (library) {
      case 'xgboost':
        return readFileSync(join(dirname(file), '..', 'VERSION'), 'utf8').trim();
      case 'lightgbm':
        return readFileSync(join(dirname(file), '..', 'VERSION.txt'), 'utf8').trim();
      case 'duckdb':
        return String((JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8')) as { version?: unknown }).version);
      default:
        return assertNever(library);
    }
  } catch {
    return null;
  }
}
