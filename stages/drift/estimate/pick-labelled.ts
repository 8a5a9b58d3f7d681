import { pickRows } from '../../metrics/picked-rows.ts';
import type { OutOfFold } from './estimate-performance.ts';

/** Some of the labelled rows, with their weights where they have any. */
export function pickLabelled({ target, probability, weight }: OutOfFold, rows: Uint32Array): OutOfFold {
  return {
    target: pickRows(target, rows),
    probability: pickRows(probability, rows),
    ...(weight === undefined ? {} : { weight: pickRows(weight, rows) }),
  };
}
