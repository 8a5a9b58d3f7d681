import { access, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import { FLIGHT_FILE, type SeenFlight } from './flight-folder.ts';
import { type FlightEnd, parseFlightLine } from './flight-line.ts';
import { isAlive } from './process-mark.ts';

/** How long a flight may be silent before it is taken for lost: ten heartbeats. */
export const SILENCE_MS = 10_000;
/** The first looks come quickly: most work that two runs meet at is short. */
const [FIRST_POLL_MS, POLL_MS] = [10, 100];

/** dead: its process is gone. silent: it lives, or lies elsewhere, and its heartbeat stopped. gone: someone else took it down. */
export type FlightFate = FlightEnd | { readonly type: 'dead' | 'silent' | 'gone' };

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** What the body says, from its start on. */
  readonly onEvent: (event: EventBody) => void;
}

/**
 * Reads along in another process's flight until it ends. The file stays readable after it has left the board, so that no end is missed.
 * Silence is counted in looks, each worth no more than it should have taken, not by a clock: a reader that was itself paused accuses nobody.
 * @throws SluiceError STAGE_CANCELLED
 */
export async function followFlight(flight: SeenFlight, { signal, onEvent }: FollowOptions): Promise<FlightFate> {
  const path = join(flight.dir, FLIGHT_FILE);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { type: 'gone' };
  const reader = new LineReader(file);
  try {
    for (let pollMs = FIRST_POLL_MS, silentMs = 0; ; pollMs = Math.min(pollMs * 1.5, POLL_MS)) {
      const alive = isAlive(flight.head.process); // asked before the reading: what a dead process wrote is then all there
      const onBoard = await isThere(path);
      const lines = await reader.read();
      for (const line of lines ?? []) {
        const parsed = parseFlightLine(line);
        if (parsed?.type === 'event') onEvent(parsed.event);
        if (parsed?.type === 'end') return parsed;
      }
      if (alive === false) return { type: 'dead' };
      if (!onBoard) return { type: 'gone' };
      silentMs = lines === null ? silentMs + pollMs : 0;
      if (silentMs > SILENCE_MS) return { type: 'silent' };
      await pause(pollMs, flight, signal);
    }
  } finally {
    await file.close();
  }
}

async function pause(ms: number, { head }: SeenFlight, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new SluiceError('STAGE_CANCELLED', `cancelled while waiting for run ${head.run}`, { stage: head.stage });
  });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

class LineReader {
  readonly #file: FileHandle;
  readonly #buffer = Buffer.alloc(1 << 16);
  #position = 0;
  #rest = Buffer.alloc(0);

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The whole lines that came since the last time; null when not a byte came. */
  async read(): Promise<string[] | null> {
    const start = this.#position;
    for (;;) {
      const { bytesRead } = await this.#file.read(this.#buffer, 0, this.#buffer.length, this.#position);
      if (bytesRead === 0) break;
      this.#position += bytesRead;
      this.#rest = Buffer.concat([this.#rest, this.#buffer.subarray(0, bytesRead)]);
    }
    if (this.#position === start) return null;
    const end = this.#rest.lastIndexOf(0x0a) + 1;
    const text = this.#rest.subarray(0, end).toString('utf8');
    this.#rest = this.#rest.subarray(end);
    return text === '' ? [] : text.slice(0, -1).split('\n');
  }
}
