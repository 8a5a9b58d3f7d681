import type { SourceLocation } from '../errors/sluice-error.ts';
import { maskSource } from './mask-source.ts';
import { isAllowed, locate } from './source-line.ts';

/** Name of a variable to where a source reads it. */
export type EnvReads = Readonly<Record<string, SourceLocation>>;

/** `process.env.NAME`, `process.env['NAME']`, or the end of `const { NAME } = process.env`. */
const READ = /\bprocess\.env(?:\??\.([A-Za-z_]\w*)|(?:\?\.)?\[\s*(['"`])|(?![\w$.?[]))/g;

/** The environment variables that a source names. What it computes a name of is not known; but no other variable exists in a stage's child. */
export function envReads(path: string, text: string): EnvReads {
  if (!/\.[cm]?[jt]sx?$/.test(path) || !text.includes('process.env')) return {};
  const code = maskSource(text);
  const found: Record<string, SourceLocation> = {};
  for (const { index, 0: match, 1: member, 2: quote } of code.matchAll(READ)) {
    if (isAllowed(text, index)) continue;
    const names = member !== undefined ? [member] : quote === undefined ? destructured(code, index) : [quoted(text, index + match.length)];
    for (const name of names) found[name] ??= locate(path, text, { index, length: match.length });
  }
  return found;
}

function quoted(text: string, start: number): string {
  return /^[^'"`$]*/.exec(text.slice(start))?.[0] ?? '';
}

function destructured(code: string, end: number): string[] {
  const names = /\{([^{}]*)\}\s*=\s*$/.exec(code.slice(0, end))?.[1] ?? '';
  return names.split(',').flatMap((item) => /^\s*([A-Za-z_]\w*)/.exec(item)?.[1] ?? []);
}
