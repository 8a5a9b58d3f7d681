import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import { type Digest, digestOf } from './digest.ts';

/**
 * The texts of sources that were once bundled, by their digest: what `why` and `diff` compare with the present, to name the
 * symbol and not just the file. Losing it costs only that.
 */
export class SourceArchive {
  readonly #dir: string;

  constructor(cacheDir: string) {
    this.#dir = join(cacheDir, 'sources');
  }

  /** Blocks, as the reading of a source does: there are thousands of them, and small. */
  keep(text: Buffer): Digest {
    const digest = digestOf(text);
    const path = this.#path(digest);
    if (!existsSync(path)) replaceFile(path, text);
    return digest;
  }

  /** The text behind a digest; null where it was not kept, or is not what it was. */
  async read(digest: string): Promise<string | null> {
    const text = await readFile(this.#path(digest)).catch(() => null);
    return text === null || digestOf(text) !== digest ? null : text.toString('utf8');
  }

  #path(digest: string): string {
    return join(this.#dir, digest.slice(0, 2), digest);
  }
}
