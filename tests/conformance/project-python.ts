import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { lightgbmPath } from '../../pipeline/index.ts';

/** The Python of the project's environment, there or not. */
export const python = join(process.cwd(), '.venv', 'bin', 'python');

/** Whether the lightgbm that we load comes with its Python package. */
export function lightgbmInPython(): boolean {
  const library = lightgbmPath({ projectDir: process.cwd() });
  return library !== null && existsSync(python) && existsSync(join(dirname(library), '..', 'basic.py'));
}
