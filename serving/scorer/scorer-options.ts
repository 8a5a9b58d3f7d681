import type { CommandContext } from '../../pipeline/index.ts';
import type { Registry } from './models/model-shelf.ts';
import type { ScorerEvent } from './scorer-event.ts';

/** What a scorer is opened with; a `CommandContext` has most of it. */
export interface ScorerOptions extends Pick<CommandContext, 'projectDir' | 'artifactsDir' | 'artifact' | 'bundle'> {
  /** Null serves the last champion that was kept, and never asks. */
  readonly registry: Registry | null;
  /** How often the registry is asked who is champion, in ms; 0 for never. 30 s by default. */
  readonly pollMs?: number;
  /** False leaves out the applicants of the store: raw rows only. */
  readonly book?: boolean;
  /** A folder of raw tables whose applicants are served, as Kaggle names them; without one those of the store's last run. */
  readonly bookFolder?: string | null;
  /** Share of the rows of a table of that folder that may be set aside, as ingest may; 0 by default. */
  readonly rejectTolerance?: number;
  /** Threads of what makes the index, once for a model; 2 by default. */
  readonly prepareThreads?: number;
  readonly onEvent?: (event: ScorerEvent) => void;
}
