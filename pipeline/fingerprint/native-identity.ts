import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NativeLibrary } from '../graph/stage.ts';
import { lightgbmPath } from '../native/lightgbm/locate-library.ts';
import { xgboostPath } from '../native/xgboost/locate-library.ts';
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

function duckdbFile(projectDir: string): string | null {
  const dir = join(projectDir, 'node_modules/@duckdb', `node-bindings-${process.platform}-${process.arch}`);
  if (!existsSync(dir)) return null;
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
