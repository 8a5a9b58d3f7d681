import type { SerializedError } from '../errors/sluice-error.ts';
import type { SluiceEvent } from './event.ts';
import type { Renderer } from './renderer.ts';

/** Failures whose stack tells the reader something: those of a body or of Sluice itself. */
const WITH_STACK: ReadonlySet<string> = new Set(['STAGE_FAILED', 'STAGE_CRASHED', 'INTERNAL']);

/** One event a line, for machines. */
export function renderJson(write: (text: string) => void): Renderer {
  return { sink: (event) => write(`${jsonLine(event)}\n`), close: async () => {} };
}

export function jsonLine(event: SluiceEvent): string {
  return JSON.stringify('error' in event && event.error !== undefined ? { ...event, error: withoutStack(event.error) } : event);
}

/** The stack only where it helps: a mistyped key needs no trace. */
export function withoutStack(error: SerializedError): SerializedError {
  if (WITH_STACK.has(error.code)) return error;
  const { stack: _stack, ...rest } = error;
  return rest;
}
