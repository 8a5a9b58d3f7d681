import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../util/replace-file.ts';
import { BUNDLE_FORMAT, type BundleRecord, type FileNote } from './bundle.ts';
import { digestOf } from './digest.ts';

/** A record as it is written: its files by their places in one list, since a thousand bundles share most of them. */
type Written = Omit<BundleRecord, 'sources' | 'settings'> & { readonly sources: readonly number[]; readonly settings: readonly number[] };

interface ShelfFile {
  readonly format: number;
  readonly files: readonly FileNote[];
  readonly bundles: Readonly<Record<string, Written>>;
}

/**
 * The records of all bodies in one file, `<cache>/bodies.json`, replaced as a whole, behind its sha256: a thousand files took a second to
 * write. Two commands at once may lose each other's records, which costs the next one time only.
 */
export class BundleShelf {
  readonly #path: string;
  readonly #records: Map<string, BundleRecord>;
  #changed = false;

  constructor(cacheDir: string) {
    this.#path = join(cacheDir, 'bodies.json');
    this.#records = recordsIn(this.#path);
  }

  get(entry: string): BundleRecord | null {
    return this.#records.get(entry) ?? null;
  }

  put(entry: string, record: BundleRecord): void {
    this.#records.set(entry, record);
    this.#changed = true;
  }

  save(): void {
    if (!this.#changed) return;
    const places = new Map<FileNote, number>();
    const placeOf = (note: FileNote): number => {
      const known = places.get(note);
      if (known !== undefined) return known;
      places.set(note, places.size);
      return places.size - 1;
    };
    const bundles = Object.fromEntries(
      Array.from(this.#records, ([entry, { sources, settings, ...rest }]): [string, Written] => [
        entry,
        { ...rest, sources: sources.map(placeOf), settings: settings.map(placeOf) },
      ]),
    );
    const text = JSON.stringify({ format: BUNDLE_FORMAT, files: [...places.keys()], bundles } satisfies ShelfFile);
    replaceFile(this.#path, `${digestOf(text)}\n${text}`);
    this.#changed = false;
  }
}

/** What cannot be read is made anew. */
function recordsIn(path: string): Map<string, BundleRecord> {
  try {
    const written = readFileSync(path, 'utf8');
    const text = written.slice(written.indexOf('\n') + 1);
    if (digestOf(text) !== written.slice(0, -text.length - 1)) return new Map();
    const { format, files, bundles } = JSON.parse(text) as ShelfFile;
    if (format !== BUNDLE_FORMAT) return new Map();
    const notes = (places: readonly number[]): FileNote[] => places.flatMap((place) => files[place] ?? []);
    return new Map(
      Object.entries(bundles).map(([entry, { sources, settings, ...rest }]) => [
        entry,
        { ...rest, sources: notes(sources), settings: notes(settings) },
      ]),
    );
  } catch {
    return new Map();
  }
}
