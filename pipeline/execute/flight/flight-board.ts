import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toStoreError } from '../../store/store-error.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { attemptDir } from '../attempt-dir.ts';
import { Flight } from './flight.ts';
import { boardDir, FLIGHT_FILE, readFlight, type SeenFlight, takeDown } from './flight-folder.ts';
import type { FlightKey } from './flight-key.ts';
import type { FlightHead } from './flight-line.ts';
import { ownMark } from './process-mark.ts';

/**
 * What is being executed now, by any process: `<artifacts>/flights/<name>/<nonce>/flight.ndjson`.
 * Taking is the rename of a prepared folder onto `<name>`: the system refuses it while a nonce lies in there.
 * Revoking is the rename of the nonce: it works once, and what its holder had prepared to commit is gone with it.
 */
export class FlightBoard {
  readonly #artifactsDir: string;
  readonly #dir: string;
  readonly #run: string;

  constructor(artifactsDir: string, run: string) {
    this.#artifactsDir = artifactsDir;
    this.#dir = boardDir(artifactsDir);
    this.#run = run;
  }

  /** @returns null when another flight of this name is in the air. @throws SluiceError STORE_READ_ONLY, STORE_DISK_FULL */
  async take(key: FlightKey): Promise<Flight | null> {
    const nonce = randomUUID();
    const draft = join(this.#dir, `.draft-${nonce}-${this.#run}`);
    const head: FlightHead = { type: 'head', stage: key.stage, work: key.work, run: this.#run, process: ownMark() };
    try {
      mkdirSync(join(draft, nonce), { recursive: true });
      writeFileSync(join(draft, nonce, FLIGHT_FILE), `${JSON.stringify(head)}\n`);
      renameSync(draft, join(this.#dir, key.name));
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) return null;
      throw toStoreError(error, this.#dir);
    }
    return new Flight(join(this.#dir, key.name, nonce), key.stage);
  }

  /** @returns null when no flight of this name is in the air */
  async seen(name: string): Promise<SeenFlight | null> {
    return readFlight(join(this.#dir, name));
  }

  /**
   * Revokes a flight that is lost.
   * @param isDead its process is gone, so that nobody will tidy up what it was working at
   * @returns false when someone else revoked it
   */
  async revoke({ dir, head }: SeenFlight, isDead: boolean): Promise<boolean> {
    if (!(await takeDown(dir))) return false;
    // its children may be dying still, and writing: what cannot be removed now is swept by a later run
    if (isDead)
      await rm(attemptDir(this.#artifactsDir, head.stage, head.run), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    return true;
  }
}
