import { readFileSync } from 'node:fs';
import type { Digest } from './digest.ts';
import { type EnvReads, envReads } from './env-reads.ts';
import { type FileStamp, sameStamp, stampFile } from './file-stamp.ts';
import { SourceArchive } from './source-archive.ts';
import { refuseUntracked } from './untracked-access.ts';
import { refuseUsingInLoop } from './using-in-loop.ts';

export interface SourceFacts {
  readonly stamp: FileStamp;
  readonly digest: Digest;
  /** The variables that it reads. @throws SluiceError CODE_UNTRACKED when it could read what no fingerprint sees, GRAPH_LOAD for what the bundler gets wrong */
  readonly guarded: () => EnvReads;
}

/** Looks at each file once, however many bundles hold it. Good for one command: what it saw is what counts. */
export class SourceDesk {
  readonly #archive: SourceArchive;
  readonly #stamps = new Map<string, FileStamp | null>();
  readonly #fresh = new Map<string, FileStamp | null>();
  readonly #facts = new Map<string, SourceFacts | null>();

  constructor(cacheDir: string) {
    this.#archive = new SourceArchive(cacheDir);
  }

  stamp(path: string): FileStamp | null {
    const known = this.#stamps.get(path);
    if (known !== undefined) return known;
    const stamp = stampFile(path);
    this.#stamps.set(path, stamp);
    return stamp;
  }

  /** Whether a file is, now that it was bundled, what it was when `earlier` was taken: what was found in it then holds. */
  isAsItWas(path: string, earlier: FileStamp): boolean {
    let now = this.#fresh.get(path);
    if (now === undefined) this.#fresh.set(path, (now = stampFile(path)));
    return now !== null && sameStamp(earlier, now);
  }

  /** Hashes a source and keeps its text, for good when {@link save} is called. Null where there is no such file: esbuild has names for what is none. */
  facts(path: string): SourceFacts | null {
    const known = this.#facts.get(path);
    if (known !== undefined) return known;
    const facts = this.#read(path);
    this.#facts.set(path, facts);
    return facts;
  }

  save(): void {
    this.#archive.save();
  }

  #read(path: string): SourceFacts | null {
    const stamp = stampFile(path);
    if (stamp === null) return null;
    const text = readFileSync(path);
    return { stamp, digest: this.#archive.keep(text), guarded: once(() => guard(path, text.toString('utf8'))) };
  }
}

function guard(path: string, text: string): EnvReads {
  refuseUntracked(path, text);
  refuseUsingInLoop(path, text);
  return envReads(path, text);
}

/** Does it the first time, and then says what came of it, or throws that again. */
function once<T>(work: () => T): () => T {
  let result: (() => T) | null = null;
  const first = (): (() => T) => {
    try {
      const value = work();
      return () => value;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  };
  return () => (result ??= first())();
}
