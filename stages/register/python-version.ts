import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the model's environment files name where the project has no .venv. */
const DEFAULT_VERSION = '3.11.7';

/** The Python of the project's .venv, such as 3.11.7. */
export async function pythonVersion(projectDir: string): Promise<string> {
  const text = await readFile(join(projectDir, '.venv', 'pyvenv.cfg'), 'utf8').catch(() => '');
  return /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(text)?.[1] ?? DEFAULT_VERSION;
}
