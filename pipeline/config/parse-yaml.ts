import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Range, type YAMLError } from 'yaml';
import { SluiceError, type SourceLocation } from '../errors/sluice-error.ts';
import { type ConfigPath, dottedKey, type KeyPlaces } from './config-origin.ts';

export interface ParsedYaml {
  readonly value: unknown;
  /** Dotted key to its places, for keys of maps and items of lists at every depth. */
  readonly places: ReadonlyMap<string, KeyPlaces>;
}

/**
 * Parses one YAML document and keeps where each key and value stands.
 * @param file named in complaints
 * @throws SluiceError CONFIG_SYNTAX at the first thing that is not YAML
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (range: Range | readonly [number, number] | null | undefined): SourceLocation => locate(text, lines, file, range ?? [0, 0]);
  const trouble: YAMLError | undefined = document.errors[0] ?? document.warnings[0];
  if (trouble !== undefined)
    throw new SluiceError('CONFIG_SYNTAX', lowerFirst(trouble.message), { at: at(trouble.pos), hint: syntaxHint(trouble.code) });
  const places = new Map<string, KeyPlaces>();
  const read = (node: unknown, path: ConfigPath): unknown => {
    if (isAlias(node)) return read(node.resolve(document), path);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const place = at(rangeOf(item));
        places.set(dottedKey([...path, index]), { key: place, value: place });
        return read(item, [...path, index]);
      });
    }
    if (!isMap(node)) return null;
    return Object.fromEntries(
      node.items.map((pair: Pair) => {
        const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const inner = [...path, name];
        places.set(dottedKey(inner), { key: at(rangeOf(pair.key)), value: at(rangeOf(pair.value) ?? rangeOf(pair.key)) });
        return [name, read(pair.value, inner)];
      }),
    );
  };
  return { value: read(document.contents, []), places };
}

function rangeOf(node: unknown): Range | null | undefined {
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range : null;
}

function locate(text: string, lines: LineCounter, file: string, range: readonly number[]): SourceLocation {
  const [start = 0, end = start] = range;
  const { line, col } = lines.linePos(start);
  const lineText = text.split(/\r?\n/, line)[line - 1] ?? '';
  const length = Math.max(1, Math.min(end - start, lineText.length - col + 1));
  return { file, line, column: col, text: lineText, length };
}

function syntaxHint(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'Keep one of the two.';
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  return 'Check the indentation, the colons and the quotes on this line and the one before.';
}

function lowerFirst(message: string): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
