import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import { type Digest, digestOf } from './digest.ts';

/** From so many new texts on they go into one file: a thousand files took half a second to write. */
const MANY = 8;

/** Where a text lies in a pack; bytes. */
interface Place {
  readonly at: number;
  readonly bytes: number;
}

/** By the path of the pack, which is named by what it holds. */
const listed = new Map<string, ReadonlyMap<string, Place>>();

/**
 * The texts of sources that were once bundled, by their digest: what `why` and `diff` compare with the present, to name the
 * symbol and not just the file. Losing it costs only that. A text lies in a file of its own, `<cache>/sources/ab/abcd…`, or in a pack,
 * `<cache>/sources/packs/….pack`: a line that lists its texts, `[[digest, bytes], …]`, and the texts.
 */
export class SourceArchive {
  readonly #dir: string;
  readonly #new = new Map<Digest, Buffer>();

  constructor(cacheDir: string) {
    this.#dir = join(cacheDir, 'sources');
  }

  /** Takes a text in; {@link save} writes it. */
  keep(text: Buffer): Digest {
    const digest = digestOf(text);
    this.#new.set(digest, text);
    return digest;
  }

  /** Writes what is not there yet. Blocks, as the reading of a source does. */
  save(): void {
    const packs = this.#packs().map(placesIn);
    const fresh = [...this.#new].filter(([digest]) => !existsSync(this.#path(digest)) && !packs.some((places) => places.has(digest)));
    this.#new.clear();
    if (fresh.length >= MANY) {
      const list = JSON.stringify(fresh.map(([digest, text]) => [digest, text.length]));
      const bytes = Buffer.concat([Buffer.from(`${list}\n`), ...fresh.map(([, text]) => text)]);
      replaceFile(join(this.#dir, 'packs', `${digestOf(bytes).slice(0, 32)}.pack`), bytes);
    } else for (const [digest, text] of fresh) replaceFile(this.#path(digest), text);
  }

  /** The text behind a digest; null where it was not kept, or is not what it was. */
  async read(digest: string): Promise<string | null> {
    const alone = await readFile(this.#path(digest)).catch(() => null);
    const isWhole = alone !== null && digestOf(alone) === digest;
    return (isWhole ? alone : this.#packed(digest))?.toString('utf8') ?? null;
  }

  /** Of packs that have it, one may be damaged, or what a process that was killed left unfinished. */
  #packed(digest: string): Buffer | null {
    for (const path of this.#packs()) {
      const text = textIn(path, digest);
      if (text !== null && digestOf(text) === digest) return text;
    }
    return null;
  }

  #packs(): readonly string[] {
    const folder = join(this.#dir, 'packs');
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  }

  #path(digest: string): string {
    return join(this.#dir, digest.slice(0, 2), digest);
  }
}

/** Null where a pack has no such text, or cannot be read. */
function textIn(path: string, digest: string): Buffer | null {
  const place = placesIn(path).get(digest);
  return place === undefined ? null : (bytesOf(path)?.subarray(place.at, place.at + place.bytes) ?? null);
}

/** None where it cannot be read, or its list is damaged. */
function placesIn(path: string): ReadonlyMap<string, Place> {
  const known = listed.get(path);
  if (known !== undefined) return known;
  const places = new Map<string, Place>();
  const bytes = bytesOf(path);
  if (bytes === null) return places;
  let at = bytes.indexOf('\n') + 1;
  try {
    for (const [digest, length] of JSON.parse(bytes.toString('utf8', 0, at)) as [digest: string, bytes: number][]) {
      places.set(digest, { at, bytes: length });
      at += length;
    }
  } catch {
    return new Map();
  }
  listed.set(path, places);
  return places;
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
