import process from 'node:process';
import { bundleFile } from '../../pipeline/testing/bundle-file.ts';
import type { ScorerEvent } from '../scorer/scorer-event.ts';
import { Scorer } from '../scorer/scorer.ts';
import type { ScorerOptions } from '../scorer/scorer-options.ts';
import type { ServedWorld } from './served-world.ts';

/**
 * A scorer over the world, its book and population in use. Warnings are thrown, unless `onEvent` looks at them itself.
 * @param artifactsDir of `servedArtifacts`
 */
export async function openWorldScorer(world: ServedWorld, artifactsDir: string, options: Partial<ScorerOptions> = {}): Promise<Scorer> {
  const warnings: ScorerEvent[] = [];
  const scorer = await Scorer.open({
    projectDir: process.cwd(),
    artifactsDir,
    artifact: world.artifact,
    bundle: bundleFile,
    registry: null,
    onEvent: (event) => {
      if (event.type === 'warning') warnings.push(event);
    },
    ...options,
  });
  await scorer.prepared();
  const [warning] = warnings;
  if (warning?.type !== 'warning') return scorer;
  await scorer.close();
  throw warning.error;
}
