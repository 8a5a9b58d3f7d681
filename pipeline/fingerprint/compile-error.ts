import { SluiceError, type SourceLocation } from '../errors/sluice-error.ts';
import { messageOf } from '../util/error-code.ts';

interface BuildMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
    readonly length: number;
  } | null;
}

/** What esbuild complains of, as ours: the first message with its place. */
export function compileError(error: unknown, entry: string): SluiceError {
  const messages =
    typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors) ? (error.errors as BuildMessage[]) : [];
  const [first] = messages;
  if (first === undefined) return new SluiceError('GRAPH_LOAD', `cannot load ${entry}: ${messageOf(error)}`, { cause: error });
  return new SluiceError('GRAPH_LOAD', first.text, { cause: error, ...placeOf(first) });
}

/** `import './setup.ts'` in a package that says that none of its files does anything by being imported: the bundler would drop it in silence. */
export function ignoredImport(message: BuildMessage): SluiceError {
  return new SluiceError('GRAPH_LOAD', 'this import does nothing: package.json says "sideEffects": false', {
    hint: 'Export a function and call it, or name the file in package.json: "sideEffects": ["./stages/setup.ts"].',
    ...placeOf(message),
  });
}

function placeOf({ location }: BuildMessage): { readonly at?: SourceLocation } {
  if (location === null) return {};
  const { file, line, column, lineText, length } = location;
  return { at: { file, line, column: column + 1, text: lineText, length } };
}
