const BASE_MS = 200;
const CAP_MS = 5000;

/** Exponential, capped, with full jitter on its upper half: 100–200 ms, 200–400 ms, … */
export function backoffMs(tries: number): number {
  const full = Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1));
  return Math.round(full / 2 + (Math.random() * full) / 2);
}

/** Retry-After in ms: seconds or an HTTP date; 0 where it is absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number = Date.now()): number {
  if (header === undefined || header === '') return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
