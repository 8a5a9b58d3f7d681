import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The default export of a file, which a CommonJS module (`.cjs`) is as a whole; undefined where it has none. */
export async function loadDefault(path: string): Promise<unknown> {
  // Not by import(), which would start the loader of ES modules: 5 to 7 ms of a stage's child.
  if (path.endsWith('.cjs')) return createRequire(path)(path) as unknown;
  const module: unknown = await import(pathToFileURL(path).href);
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

/** The same of a CommonJS module whose text is at hand, as if it lay at `path`. */
export function loadFromText(path: string, text: string): unknown {
  const { Module } = process.getBuiltinModule('node:module');
  // Node's own way to load a file, but for the reading.
  const module = new Module(path) as NodeJS.Module & { _compile(code: string, file: string): void };
  module.filename = path;
  module._compile(text, path);
  return module.exports as unknown;
}
