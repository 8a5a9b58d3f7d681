import type { SluiceError } from '../../pipeline/index.ts';
import type { SetAside } from '../book/set-aside.ts';
import type { PrepareProgress } from '../book/prepare/prepare-order.ts';
import type { ModelIdentity } from './score-answer.ts';

/** What a scorer tells while it runs; nothing of it is personal. */
export type ScorerEvent =
  /** The registry could not be asked, a new champion was refused, the book cannot be used: serving goes on with what it has. */
  | { readonly type: 'warning'; readonly error: SluiceError }
  | {
      readonly type: 'champion';
      readonly model: ModelIdentity;
      readonly before: ModelIdentity | null;
      readonly source: 'registry' | 'kept';
    }
  | { readonly type: 'challenger'; readonly model: ModelIdentity | null }
  /** The book and the index of a model are made, once: minutes for a large book. */
  | { readonly type: 'preparing'; readonly progress: PrepareProgress }
  | {
      readonly type: 'prepared';
      readonly model: ModelIdentity;
      readonly applicants: number;
      readonly population: number | null;
      readonly setAside: SetAside | null;
    };
