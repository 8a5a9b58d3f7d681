import { SluiceError } from '../errors/sluice-error.ts';
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
  const { location } = first;
  const at =
    location === null
      ? undefined
      : { file: location.file, line: location.line, column: location.column + 1, text: location.lineText, length: location.length };
  return new SluiceError('GRAPH_LOAD', first.text, { cause: error, ...(at !== undefined && { at }) });
}
