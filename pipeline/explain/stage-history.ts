import type { Manifest } from '../store/manifest.ts';

/** How many of the last executions count. */
const LAST = 5;

/** The median of how long the last executions took, in ms; null where there was none. */
export function usualDuration(history: readonly Manifest[]): number | null {
  const times = newestFirst(history)
    .slice(0, LAST)
    .map(({ durationMs }) => durationMs)
    .toSorted((a, b) => a - b);
  const middle = times.length >> 1;
  const [low, high] = [times[times.length % 2 === 0 ? middle - 1 : middle], times[middle]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

export interface SameAgain {
  /** Executions that came out as the one before. */
  readonly same: number;
  readonly of: number;
}

/** How often, of its last executions, a stage gave the same bytes on some ports as the time before: what cuts a wave off. */
export function cameOutSame(history: readonly Manifest[], ports: readonly string[]): SameAgain {
  const ordered = newestFirst(history).slice(0, LAST + 1);
  const pairs = ordered.slice(1).map((before, index) => {
    const after = ordered[index];
    return ports.every((port) => after?.outputs[port]?.digest === before.outputs[port]?.digest);
  });
  return { same: pairs.filter(Boolean).length, of: pairs.length };
}

function newestFirst(history: readonly Manifest[]): readonly Manifest[] {
  return history.toSorted((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1));
}
