import { createHash, timingSafeEqual } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Role } from '../../roles.ts';
import { readKeyFile, type KeyEntry } from './key-file.ts';

export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Tells keys apart in logs, where names do not belong. */
  readonly keyId: string;
}

interface Held {
  readonly digest: Buffer;
  readonly caller: Caller;
}

/** How often the file is looked at: a key that was removed is refused this much later at most. */
const LOOK_MS = 1000;

/** The keys of a file, as it stands: whoever is added or removed needs no restart. */
export class KeyRing {
  readonly #file: string;
  #held: readonly Held[];
  #stamp: string;
  #timer: NodeJS.Timeout;

  private constructor(file: string, keys: readonly KeyEntry[], stamp: string) {
    this.#file = file;
    this.#held = keys.map(hold);
    this.#stamp = stamp;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  /** @throws SluiceError CONFIG_NOT_FOUND, CONFIG_VALUE */
  static async open(file: string): Promise<KeyRing> {
    const stamp = await stampOf(file);
    return new KeyRing(file, await readKeyFile(file), stamp);
  }

  /** Whose key it is, null where nobody's. All keys are compared, each in constant time, whatever matches. */
  callerOf(key: string): Caller | null {
    const digest = createHash('sha256').update(key).digest();
    let found: Caller | null = null;
    for (const held of this.#held) if (timingSafeEqual(held.digest, digest)) found = held.caller;
    return found;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      const stamp = await stampOf(this.#file);
      if (stamp === this.#stamp) return;
      this.#held = (await readKeyFile(this.#file)).map(hold);
      this.#stamp = stamp;
    } catch {
      // Half-written by hand, or gone: the keys that were read last hold until it is a file of keys again.
    }
  }
}

function hold({ name, role, sha256 }: KeyEntry): Held {
  return { digest: Buffer.from(sha256, 'hex'), caller: { name, role, keyId: sha256.slice(0, 8) } };
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null ? 'none' : `${found.mtimeMs} ${found.ino} ${found.size}`;
}
