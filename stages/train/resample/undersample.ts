import { createPrng } from '../../metrics/prng.ts';
import { selectValues } from '../select-values.ts';
import type { LabelledRows } from '../trainers/trainer.ts';

/** All defaults, and as many repaid loans, drawn without replacement, as make the defaults `share` of the rows; in the order they had. */
export function undersample(rows: LabelledRows, { share, seed }: { readonly share: number; readonly seed: number }): LabelledRows {
  const prng = createPrng(seed);
  const repaid: number[] = [];
  rows.label.forEach((value, at) => {
    if (value !== 1) repaid.push(at);
  });
  const defaults = rows.label.length - repaid.length;
  let wanted = Math.max(1, Math.round((defaults * (1 - share)) / share));
  // Each row in turn with the chance that leaves exactly as many as wanted (Knuth, algorithm S).
  const kept = new Uint8Array(rows.label.length);
  repaid.forEach((at, index) => {
    if (prng.next() * (repaid.length - index) >= wanted) return;
    kept[at] = 1;
    wanted -= 1;
  });
  const places = Uint32Array.from(rows.label.keys()).filter((at) => rows.label[at] === 1 || kept[at] === 1);
  return {
    matrix: rows.matrix,
    rows: Uint32Array.from(places, (at) => rows.rows[at] ?? 0),
    label: selectValues(rows.label, places),
    weight: rows.weight === null ? null : selectValues(rows.weight, places),
  };
}
