import { libraryFile } from '../../fingerprint/native-identity.ts';
import type { Project } from '../../execute/project/project.ts';
import { locateXgboost } from '../../native/xgboost/locate-library.ts';
import { locateLightgbm } from '../../native/lightgbm/locate-library.ts';
import { messageOf } from '../../util/error-code.ts';
import { bad, type Check, fixOf, good } from './check.ts';
import { setupHint } from './setup-hint.ts';

export interface NativeCheckOptions {
  readonly project: Project;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Those that the stages declare. */
  readonly libraries: ReadonlySet<string>;
}

export async function checkNative({ project, env, libraries }: NativeCheckOptions): Promise<readonly Check[]> {
  return [
    ...(libraries.has('xgboost') ? [await checkXgboost(project, env)] : []),
    ...(libraries.has('lightgbm') ? [await checkLightgbm(project, env)] : []),
    ...(libraries.has('duckdb') ? [checkDuckdb(project)] : []),
  ];
}

/** Loads it too: a file that is there may lack its libgomp. */
async function checkXgboost(project: Project, env: NativeCheckOptions['env']): Promise<Check> {
  try {
    const path = locateXgboost(project.dir, env);
    const { loadLibrary } = await import('../../native/xgboost/library.ts');
    return good('libxgboost', `${loadLibrary(path).version}, ${path}`);
  } catch (error) {
    return bad('libxgboost', messageOf(error), fixOf(error, setupHint(project)));
  }
}

async function checkLightgbm(project: Project, env: NativeCheckOptions['env']): Promise<Check> {
  try {
    const path = locateLightgbm(project.dir, env);
    const { loadLibrary } = await import('../../native/lightgbm/library.ts');
    return good('lib_lightgbm', `${loadLibrary(path).version}, ${path}`);
  } catch (error) {
    return bad('lib_lightgbm', messageOf(error), fixOf(error, setupHint(project)));
  }
}

function checkDuckdb(project: Project): Check {
  const file = libraryFile('duckdb', project.dir);
  return file === null
    ? bad('libduckdb', `no binary of @duckdb/node-api for ${process.platform}-${process.arch}`, 'Run: npm ci (without --omit=optional)')
    : good('libduckdb', file);
}
