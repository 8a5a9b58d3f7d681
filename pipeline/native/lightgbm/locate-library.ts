import { type Environment, libraryFileName, locateInPython, pathInPython, type WheelLibrary } from '../locate-in-python.ts';

export const LIGHTGBM: WheelLibrary = {
  fileName: libraryFileName('lib_lightgbm', 'lib_lightgbm'),
  folder: 'lightgbm/lib',
  variable: 'SLUICE_LIGHTGBM',
  pip: 'lightgbm==4.7.0',
};

/** The lib_lightgbm to load: `SLUICE_LIGHTGBM` (a file), else the project's `.venv`, else the system's. @throws SluiceError NATIVE_NOT_FOUND */
export function locateLightgbm(projectDir: string, env?: Environment): string {
  return locateInPython(LIGHTGBM, projectDir, env);
}

/** As {@link locateLightgbm}, but null where there is none. */
export function lightgbmPath(options: { readonly projectDir: string; readonly env?: Environment }): string | null {
  return pathInPython(LIGHTGBM, options);
}
