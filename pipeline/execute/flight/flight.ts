import { closeSync, openSync, writeSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventBody } from '../../events/event.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { FLIGHT_FILE, takeDown } from './flight-folder.ts';
import type { FlightEnd, FlightLine } from './flight-line.ts';

/** How often a flight shows that its process is at work. */
const BEAT_MS = 1000;
/** Progress may come thousands of times a second; those who joined need not see it all. */
const PROGRESS_MS = 200;

/** A piece of work that this process, and no other, executes. Whoever joined reads along in its file. */
export class Flight {
  /** What is to be committed is written here and renamed from here: a revoked flight has no such folder any more, and can commit nothing. */
  readonly dir: string;
  readonly #stage: string;
  /** Null once it is closed, or cannot be written: a full disk or a revoked flight. Those who joined then hear nothing, and take over. */
  #file: number | null;
  readonly #beat: NodeJS.Timeout;
  readonly #lost = new AbortController();
  #progressAt = 0;

  constructor(dir: string, stage: string) {
    this.dir = dir;
    this.#stage = stage;
    this.#file = openedOrNull(join(dir, FLIGHT_FILE));
    this.#beat = setInterval(() => void this.#showLife(), BEAT_MS);
    this.#beat.unref();
  }

  /** Aborts when another process has revoked the flight: what is still at work for it may stop. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Passes on what the stage's body says. */
  note(event: EventBody): void {
    if (!('stage' in event) || event.stage !== this.#stage || !isHeard(event)) return;
    if (event.type === 'stage.progress' && !this.#isDue()) return;
    const line: FlightLine = { type: 'event', event };
    this.#write(`${JSON.stringify(line)}\n`);
  }

  async isLost(): Promise<boolean> {
    await access(this.dir).catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') this.#lost.abort();
    });
    return this.#lost.signal.aborted;
  }

  /** Says how it ended, then leaves the board. */
  async land(end: FlightEnd): Promise<void> {
    clearInterval(this.#beat);
    this.#write(`${JSON.stringify(end)}\n`);
    this.#close();
    await takeDown(this.dir);
  }

  async #showLife(): Promise<void> {
    this.#write('\n');
    await this.isLost();
  }

  #write(text: string): void {
    if (this.#file === null) return;
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += writeSync(this.#file, bytes, written);
    } catch {
      this.#close();
    }
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #isDue(): boolean {
    const now = performance.now();
    if (now - this.#progressAt < PROGRESS_MS) return false;
    this.#progressAt = now;
    return true;
  }
}

function isHeard({ type }: EventBody): boolean {
  return type === 'stage.log' || type === 'stage.progress' || type === 'stage.output';
}

function openedOrNull(path: string): number | null {
  try {
    return openSync(path, 'a');
  } catch {
    return null;
  }
}
