import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSluiceError, SluiceError, type SourceLocation } from '../../errors/sluice-error.ts';
import type { Pipeline } from '../../graph/stage.ts';
import { messageOf, systemErrorCode } from '../../util/error-code.ts';
import { stackFrames } from '../../util/stack-frames.ts';

/** Imports a bundled graph and checks that it exports a pipeline. @throws SluiceError GRAPH_LOAD */
export async function importPipeline(bundlePath: string, shownAs: string): Promise<Pipeline> {
  const module = await importGraph(bundlePath, shownAs);
  const pipeline = typeof module === 'object' && module !== null && 'pipeline' in module ? module.pipeline : undefined;
  if (typeof pipeline !== 'object' || pipeline === null || !('stages' in pipeline)) {
    throw new SluiceError('GRAPH_LOAD', `${shownAs} does not export a pipeline`, {
      hint: 'Write: export const pipeline = definePipeline({ name, stages }).',
    });
  }
  return pipeline as Pipeline;
}

async function importGraph(bundlePath: string, shownAs: string): Promise<unknown> {
  process.setSourceMapsEnabled(true); // so that what it throws names its line
  try {
    return await import(pathToFileURL(bundlePath).href);
  } catch (error) {
    if (isSluiceError(error)) throw error;
    if (systemErrorCode(error)?.endsWith('MODULE_NOT_FOUND') === true)
      throw new SluiceError('GRAPH_LOAD', `${shownAs}: ${messageOf(error).replace(/ imported from .*/, '')}`, {
        hint: 'Run: npm install',
        cause: error,
      });
    const at = placeOf(error, bundlePath);
    throw new SluiceError('GRAPH_LOAD', `${shownAs} cannot be loaded: ${messageOf(error)}`, {
      ...(isTooEarly(error) && {
        hint: 'A stage has to be declared before those that take from it. Stages that take from each other form a cycle.',
      }),
      cause: error,
      ...(at !== null && { at }),
    });
  }
}

/** What a declaration meets that names a stage further down. */
function isTooEarly(error: unknown): boolean {
  return /of undefined|before initialization|is not defined/.test(messageOf(error));
}

/** The first line of the project in a stack, source maps applied. */
function placeOf(error: unknown, bundlePath: string): SourceLocation | null {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  for (const { file, line, column } of stackFrames(stack)) {
    if (file === bundlePath || file.includes(`${sep}node_modules${sep}`)) continue;
    try {
      return { file, line, column, text: readFileSync(file, 'utf8').split('\n')[line - 1] ?? '', length: 1 };
    } catch {
      return null;
    }
  }
  return null;
}
