import type { Change } from './change.ts';

/** Why a stage's work is not what it was, down to the roots: each change of its own, and the stages that gave it other inputs. */
export interface Explanation {
  readonly stage: string;
  readonly changes: readonly Change[];
  readonly causes: readonly Explanation[];
}
