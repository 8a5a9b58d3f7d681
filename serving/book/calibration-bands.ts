import type { PopulationRecord } from './population-schema.ts';
import { shareOf } from './share-of.ts';

type Band = PopulationRecord['bands'][number];

/** Clients of a band at least: fewer say nothing about a share of some percent. */
const LEAST = 100;
const MOST_BANDS = 20;

/** Clients in order of their probability, dealt into bands of one size: what share of each defaulted, with its interval. */
export function bandsOf(calibrated: Float64Array, outcomes: Uint8Array): readonly Band[] {
  const order = [...calibrated.keys()].toSorted((a, b) => (calibrated[a] ?? 0) - (calibrated[b] ?? 0) || a - b);
  const bands = Math.min(MOST_BANDS, Math.floor(order.length / LEAST));
  return Array.from({ length: bands }, (_, band) => {
    const own = order.slice(Math.floor((band * order.length) / bands), Math.floor(((band + 1) * order.length) / bands));
    const defaults = own.filter((client) => outcomes[client] === 1).length;
    const { low, high } = shareOf(defaults, own.length);
    return { from: calibrated[own[0] ?? 0] ?? 0, clients: own.length, defaults, low, high };
  });
}

/** The band of a probability: the last that begins at or below it, the first for less than all. Undefined without bands. */
export function bandOf(bands: readonly Band[], probability: number): Band | undefined {
  return bands.findLast(({ from }) => from <= probability) ?? bands[0];
}
