import { rowsByValue } from '../../metrics/row-order.ts';
import type { OutOfFold } from './estimate-performance.ts';
import { pickLabelled } from './pick-labelled.ts';

/** By score and outcome, then as given: a profile has no other order, and the bands must not depend on it. */
export function byScore(labelled: OutOfFold): OutOfFold {
  return isInOrder(labelled) ? labelled : pickLabelled(labelled, rowsByScore(labelled));
}

/** The same as numbers of rows. */
export function rowsByScore({ target, probability }: Pick<OutOfFold, 'target' | 'probability'>): Uint32Array {
  return rowsByValue(probability, 'ascending', rowsByValue(target));
}

function isInOrder({ target, probability }: OutOfFold): boolean {
  for (let row = 1; row < target.length; row++) {
    const step = (probability[row] ?? Number.NaN) - (probability[row - 1] ?? Number.NaN);
    if (!(step > 0 || (step === 0 && (target[row - 1] ?? 0) <= (target[row] ?? 0)))) return false;
  }
  return true;
}
