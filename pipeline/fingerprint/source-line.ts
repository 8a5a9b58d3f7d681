import type { SourceLocation } from '../errors/sluice-error.ts';

const ALLOW = /sluice-allow-untracked:\s*\S/;

/** Whether the line of an offset, or the one before, says `sluice-allow-untracked: <reason>`. */
export function isAllowed(text: string, index: number): boolean {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  const lineEnd = text.indexOf('\n', index);
  const previous = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  return ALLOW.test(text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd)) || ALLOW.test(previous);
}

/** File, line and column of a place in a text, for an error. */
export function locate(file: string, text: string, { index, length }: { readonly index: number; readonly length: number }): SourceLocation {
  const before = text.slice(0, index).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const line = text.split('\n')[before.length - 1] ?? '';
  return { file, line: before.length, column, text: line, length: Math.max(1, Math.min(length, line.length - column + 1)) };
}
