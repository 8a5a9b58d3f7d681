import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';
import { readSealed, writeSealed } from './sealed-json.ts';
import { toStoreError } from './store-error.ts';

/** What a person wants kept, whatever a collection would say. */
export type Pin =
  | { readonly what: 'run'; readonly run: string }
  /** The artifact of a port as it was when it was pinned. */
  | { readonly what: 'port'; readonly stage: string; readonly port: string; readonly fingerprint: string; readonly digest: string };

export function pinName(pin: Pin): string {
  return pin.what === 'run' ? pin.run : `${pin.stage}.${pin.port}`;
}

/** `<artifacts>/pins/<name>.json`, a file a pin: two that pin at once do not meet. */
export class PinStore {
  readonly dir: string;

  constructor(artifactsDir: string) {
    this.dir = join(artifactsDir, 'pins');
  }

  async add(pin: Pin): Promise<void> {
    const path = this.#path(pin);
    await writeSealed(path, { schema: 1, ...pin }).catch((error: unknown) => {
      throw toStoreError(error, path);
    });
  }

  async remove(pin: Pin): Promise<void> {
    const path = this.#path(pin);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw toStoreError(error, path);
    });
  }

  /** @throws SluiceError STORE_CORRUPT for a pin that cannot be read: what it keeps must not be collected by mistake */
  async all(): Promise<readonly Pin[]> {
    const names = (await readdir(this.dir).catch((): string[] => [])).filter((name) => name.endsWith('.json')).toSorted();
    return Promise.all(names.map(async (name) => readPin(join(this.dir, name))));
  }

  #path(pin: Pin): string {
    return join(this.dir, `${pinName(pin)}${pin.what === 'run' ? '' : `@${pin.fingerprint.slice(0, 16)}`}.json`);
  }
}

async function readPin(path: string): Promise<Pin> {
  const record: unknown = await readSealed(path);
  if (isPin(record)) return record;
  throw new SluiceError('STORE_CORRUPT', `${path}: this pin cannot be read`, {
    hint: 'Delete the file and pin again: sluice pin RUN, or sluice pin STAGE.PORT.',
  });
}

/** The seal has shown that it is as it was written. */
function isPin(value: unknown): value is Pin {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === 1;
}
