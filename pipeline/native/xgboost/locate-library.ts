import { type Environment, libraryFileName, locateInPython, pathInPython, type WheelLibrary } from '../locate-in-python.ts';

/** The file is loaded where it lies: its own libgomp is found beside it. */
export const XGBOOST: WheelLibrary = {
  fileName: libraryFileName('libxgboost', 'xgboost'),
  folder: 'xgboost/lib',
  variable: 'SLUICE_XGBOOST',
  pip: `${process.platform === 'darwin' ? 'xgboost' : 'xgboost-cpu'}==3.2.0`,
};

/** The libxgboost to load: `SLUICE_XGBOOST` (a file), else the project's `.venv`, else the system's. @throws SluiceError NATIVE_NOT_FOUND */
export function locateXgboost(projectDir: string, env?: Environment): string {
  return locateInPython(XGBOOST, projectDir, env);
}

/** As {@link locateXgboost}, but null where there is none. */
export function xgboostPath(options: { readonly projectDir: string; readonly env?: Environment }): string | null {
  return pathInPython(XGBOOST, options);
}
