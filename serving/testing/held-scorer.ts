import process from 'node:process';
import { bundleFile } from '../../pipeline/testing/bundle-file.ts';
import { Scorer } from '../scorer/scorer.ts';
import type { ServedWorld } from './served-world.ts';

export interface HeldScorer {
  /** As a start of serving leaves it: its champion answers, its book is not made yet. */
  readonly open: (world: ServedWorld, artifactsDir: string) => Promise<Scorer>;
  /** Lets the book be made; resolves once it is in use. */
  readonly release: () => Promise<void>;
}

/** A scorer whose book waits to be made until it is let go. */
export function heldScorer(): HeldScorer {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  let opened: Scorer | null = null;
  return {
    open: async (world, artifactsDir) => {
      opened = await Scorer.open({
        projectDir: process.cwd(),
        artifactsDir,
        artifact: world.artifact,
        bundle: async (file) => {
          if (file.endsWith('prepare-index.ts')) {
            begin();
            await held;
          }
          return await bundleFile(file);
        },
        registry: null,
      });
      // By then it is known that there is something to be made.
      await begun;
      return opened;
    },
    release: async () => {
      letGo();
      await opened?.prepared();
    },
  };
}
