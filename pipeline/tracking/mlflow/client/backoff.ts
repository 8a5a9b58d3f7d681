import type { Patience } from './patience.ts';

/** Wait after so many tries, in ms: exponential, capped, with jitter, so that many clients do not come back at once. */
export function backoffMs({ backoffMs: first, backoffCapMs, jitterMs }: Patience, tries: number): number {
  const full = Math.min(backoffCapMs, first * 2 ** (tries - 1));
  return Math.round(full / 2 + Math.random() * Math.max(full / 2, jitterMs));
}

/** Retry-After in ms: seconds or an HTTP date; 0 where it is absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number = Date.now()): number {
  if (header === undefined || header === '') return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
