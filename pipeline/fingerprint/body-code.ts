import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import type { Bundle, PackedCode } from './bundle.ts';
import { digestOf } from './digest.ts';

/** The text of a module, and its source map. */
export interface ModuleText {
  readonly code: string;
  /** Empty where there is none. */
  readonly map: string;
}

const TRAILER = '//# sourceMappingURL=';

/** The file that would run still holds the bytes that were hashed. */
export function isIntact({ path, digest, packed }: Pick<Bundle, 'path' | 'digest' | 'packed'>): boolean {
  if (packed !== null) return textOf(packed, digest) !== null;
  try {
    const text = readFileSync(path, 'utf8');
    return digestOf(text.slice(0, text.lastIndexOf(TRAILER))) === digest;
  } catch {
    return false;
  }
}

/** Writes a module and its map where Node can load it. Its folder is there already. */
export function writeModule(path: string, { code, map }: ModuleText): void {
  if (map !== '') writeFileSync(`${path}.map`, map);
  replaceFile(path, `${code}${TRAILER}${basename(path)}.map\n`);
}

/** Writes many modules into one file. @returns where each lies in it */
export function packModules(cacheDir: string, modules: readonly ModuleText[]): readonly PackedCode[] {
  const parts = modules.map(({ code, map }) => [Buffer.from(code), Buffer.from(map)] as const);
  const bytes = Buffer.concat(parts.flat());
  const file = join(cacheDir, 'code', `${digestOf(bytes).slice(0, 32)}.pack`);
  replaceFile(file, bytes);
  let end = 0;
  return parts.map(([code, map]) => {
    const at = end;
    end += code.length + map.length;
    return { file, at, codeBytes: code.length, mapBytes: map.length };
  });
}

/** A packed module's text. @returns null when it is not there, or not what was hashed */
export function textOf({ file, at, codeBytes, mapBytes }: PackedCode, digest: string): ModuleText | null {
  const bytes = Buffer.alloc(codeBytes + mapBytes);
  try {
    const opened = openSync(file, 'r');
    try {
      readSync(opened, bytes, 0, bytes.length, at);
    } finally {
      closeSync(opened);
    }
  } catch {
    return null;
  }
  const code = bytes.subarray(0, codeBytes);
  return digestOf(code) === digest ? { code: code.toString('utf8'), map: bytes.subarray(codeBytes).toString('utf8') } : null;
}
