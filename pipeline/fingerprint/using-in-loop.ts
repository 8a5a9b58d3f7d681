import { SluiceError } from '../errors/sluice-error.ts';
import { maskSource } from './mask-source.ts';
import { locate } from './source-line.ts';

/**
 * Refuses `using` where the bundler makes something else of it: esbuild 0.28 keeps whether an error was thrown beside it in a `var`, so that in
 * a loop whose rounds catch their errors, the error of one round is thrown again in the next.
 * @throws SluiceError GRAPH_LOAD with the line
 */
export function refuseUsingInLoop(path: string, text: string): void {
  if (!text.includes('using') || !/\.[cm]?[jt]sx?$/.test(path)) return;
  const code = maskSource(text);
  for (const { index, 0: found } of code.matchAll(/(?<![\w$.])using\s+[A-Za-z_$][\w$]*\s*[=:]/g)) {
    if (!isCaughtInLoop(code, index)) continue;
    throw new SluiceError(
      'GRAPH_LOAD',
      '"using" in a loop that catches what is thrown beside it: the bundler would throw it again in a later round',
      {
        hint: 'Move what stands in the loop into a function of its own, and call that.',
        at: locate(path, text, { index, length: found.length }),
      },
    );
  }
}

/** Outwards from a place, up to the function it stands in: a `try` with a `catch`, and then a loop. */
function isCaughtInLoop(code: string, from: number): boolean {
  let isCaught = false;
  for (let at = opening(code, from); at >= 0; at = opening(code, at)) {
    const head = headOf(code, at);
    if (head === 'function') return false;
    if (head === 'loop' && isCaught) return true;
    if (head === 'try' && /^\s*catch\b/.test(code.slice(closing(code, at) + 1))) isCaught = true;
  }
  return false;
}

/** What a brace belongs to, by what stands before it. */
function headOf(code: string, brace: number): 'function' | 'loop' | 'try' | 'other' {
  const before = code.slice(0, brace).trimEnd();
  if (before.endsWith('=>')) return 'function';
  if (/(?<![\w$.])try$/.test(before)) return 'try';
  if (/(?<![\w$.])do$/.test(before)) return 'loop';
  // A type may stand between the parenthesis and the brace: `(): Promise<void> {`.
  const end = /\)\s*(?::[^{}();=]*)?$/.exec(before)?.index;
  if (end === undefined) return 'other';
  const word = /([\w$]+)\s*$/.exec(before.slice(0, opening(code, end, '()')).replace(/\bawait\s*$/, ''))?.[1];
  if (word === 'for' || word === 'while') return 'loop';
  return word === 'if' || word === 'switch' || word === 'catch' || word === 'with' ? 'other' : 'function';
}

/** The bracket that is open at a place; -1 where none is. */
function opening(code: string, from: number, [open, close]: string = '{}'): number {
  let depth = 0;
  for (let at = from - 1; at >= 0; at -= 1) {
    if (code[at] === close) depth += 1;
    if (code[at] === open && depth-- === 0) return at;
  }
  return -1;
}

function closing(code: string, brace: number): number {
  let depth = 0;
  for (let at = brace; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    if (code[at] === '}' && --depth === 0) return at;
  }
  return code.length;
}
