import { fileURLToPath } from 'node:url';

export interface StackFrame {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /\(?((?:file:\/\/)?\/[^()\n]*?):(\d+):(\d+)\)?$/gm;

/** The places in files that a stack names, the innermost first; source maps applied, where Node was asked to. */
export function stackFrames(stack: string): readonly StackFrame[] {
  return [...stack.matchAll(FRAME)].map(([, path = '', line, column]) => ({
    file: path.startsWith('file:') ? fileURLToPath(path) : path,
    line: Number(line),
    column: Number(column),
  }));
}
