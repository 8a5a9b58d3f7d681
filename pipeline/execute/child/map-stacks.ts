import { readFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceMap } from 'node:module';

/** Says itself as V8 writes it. */
type CallSite = NodeJS.CallSite & { toString(): string };

const TRAILER = /\n\/\/# sourceMappingURL=(\S+)\s*$/;
const STDERR = 2;

/**
 * Has stacks name the sources' lines and functions. The map of a file is read when the first stack that names the file is asked for: Node's own
 * way (`--enable-source-maps`) reads each map when its file is loaded, 2 ms a child.
 * @param texts maps of files that are not there
 */
export function mapStacks(texts: ReadonlyMap<string, string>): void {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    if (!maps.has(file)) maps.set(file, readMap(file, texts.get(file)));
    return maps.get(file) ?? null;
  };
  Error.prepareStackTrace = (error, sites) =>
    `${headOf(error)}${sites.map((_, index) => `\n    at ${frameText(sites, index, mapOf)}`).join('')}`;
  process.on('uncaughtException', (error: unknown) => {
    if (process.listenerCount('uncaughtException') > 1) return; // the body has a say of its own
    writeSync(STDERR, `${process.getBuiltinModule('node:util').inspect(error)}\n`); // Node's own way shows the bundle's line first, which is all of it
    process.exit(1);
  });
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** As V8 writes it, with the place and the name that the source has. */
function frameText(sites: readonly CallSite[], index: number, mapOf: (file: string) => SourceMap | null): string {
  const site = sites[index];
  if (site === undefined) return '';
  const text = site.toString();
  const [named, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  if (typeof named !== 'string' || line === null || column === null) return text;
  const file = named.startsWith('file:') ? fileURLToPath(named) : named;
  const map = file.startsWith('/') ? mapOf(file) : null;
  const place = map?.findEntry(line - 1, column - 1);
  if (map === null || place === undefined || !('originalSource' in place)) return text;
  const source = resolve(dirname(file), place.originalSource);
  const placed = text.replace(`${named}:${line}:${column}`, () => `${source}:${place.originalLine + 1}:${place.originalColumn + 1}`);
  const [own, given] = [site.getFunctionName(), nameOf(map, site, sites[index + 1])];
  return own === null || given === null ? placed : placed.replace(own, () => given);
}

/** What the source calls a function: where it begins, or where it is called. */
function nameOf(map: SourceMap, site: CallSite, caller: CallSite | undefined): string | null {
  const begins = nameAt(map, site.getEnclosingLineNumber(), site.getEnclosingColumnNumber());
  if (begins !== null || caller === undefined || caller.getFileName() !== site.getFileName()) return begins;
  return nameAt(map, caller.getLineNumber(), caller.getColumnNumber());
}

function nameAt(map: SourceMap, line: number | null, column: number | null): string | null {
  if (line === null || column === null) return null;
  const place = map.findEntry(line - 1, column - 1);
  return 'name' in place && typeof place.name === 'string' ? place.name : null;
}

function readMap(file: string, text = mapBeside(file)): SourceMap | null {
  try {
    const { SourceMap: Read } = process.getBuiltinModule('node:module');
    return text === '' ? null : new Read(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Empty where there is none. */
function mapBeside(file: string): string {
  try {
    const name = TRAILER.exec(readFileSync(file, 'utf8').slice(-300))?.[1];
    return name === undefined || name.startsWith('data:') ? '' : readFileSync(join(dirname(file), name), 'utf8');
  } catch {
    return '';
  }
}
