import { pathToFileURL } from 'node:url';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Pipeline } from '../graph/stage.ts';

/** Imports a bundled graph and checks that it exports a pipeline. @throws SluiceError GRAPH_LOAD */
export async function importPipeline(bundlePath: string, shownAs: string): Promise<Pipeline> {
  const module: unknown = await import(pathToFileURL(bundlePath).href);
  const pipeline = typeof module === 'object' && module !== null && 'pipeline' in module ? module.pipeline : undefined;
  if (typeof pipeline !== 'object' || pipeline === null || !('stages' in pipeline)) {
    throw new SluiceError('GRAPH_LOAD', `${shownAs} does not export a pipeline`, {
      hint: 'Write: export const pipeline = definePipeline({ name, stages }).',
    });
  }
  return pipeline as Pipeline;
}
