import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One drawing, by file name without extension. */
export interface Figure {
  readonly name: string;
  readonly svg: string;
}

/** The SVG files of a folder, by name. */
export async function readFigures(folder: string): Promise<readonly Figure[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.svg')).toSorted();
  return Promise.all(files.map(async (file) => ({ name: file.slice(0, -'.svg'.length), svg: await readFile(join(folder, file), 'utf8') })));
}
