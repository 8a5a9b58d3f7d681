import type { CommandContext } from '../../../pipeline/index.ts';
import { Scorer } from '../../scorer/scorer.ts';

/** A scorer for past decisions: the models kept here, no registry and no book. @throws SluiceError ARTIFACT_MISSING where none is kept */
export function openReplayScorer({ projectDir, artifactsDir, artifact, bundle }: CommandContext): Promise<Scorer> {
  return Scorer.open({ projectDir, artifactsDir, artifact, bundle, registry: null, book: false });
}
