import type { SerializedError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import type { ProcessMark } from './process-mark.ts';

/** Who is at which work. The first line of a flight's file. */
export interface FlightHead {
  readonly type: 'head';
  readonly stage: string;
  /** Digest of all that the work is known by before it runs. */
  readonly work: string;
  readonly run: string;
  readonly process: ProcessMark;
}

export type FlightEnd =
  | { readonly type: 'end'; readonly outcome: 'done'; readonly fingerprint: string }
  | { readonly type: 'end'; readonly outcome: 'failed'; readonly error: SerializedError }
  /** Cancelled, or ended without having had to do anything. */
  | { readonly type: 'end'; readonly outcome: 'dropped' };

/** The lines of a flight's file, one JSON object each; an empty line is a heartbeat. */
export type FlightLine = FlightHead | { readonly type: 'event'; readonly event: EventBody } | FlightEnd;

/** @returns null for a heartbeat, and for a line that a full disk cut short */
export function parseFlightLine(line: string): FlightLine | null {
  try {
    return line === '' ? null : (JSON.parse(line) as FlightLine);
  } catch {
    return null;
  }
}
