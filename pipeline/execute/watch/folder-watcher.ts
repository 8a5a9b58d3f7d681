import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../util/error-code.ts';

/** Editors write in several steps: a save counts once nothing has moved for this long, in ms. */
const QUIET_MS = 100;

/** What editors leave beside a file while they write it, and what is no source. */
const NOISE = /(?:~|\.sw[a-p]x?|\.tmp|\.part|^4913|^\.#.*|^\.git.*|^\.sluice|^node_modules|^artifacts|^reports)$/;

export interface FolderWatcherOptions {
  /** Paths that are never looked at, such as the artifacts folder. */
  readonly ignore: readonly string[];
  /** A folder that cannot be watched, such as when the system's watches are used up. */
  readonly onTrouble: (folder: string, message: string) => void;
}

/** Waits for saves in a set of folders. Changes that come while nobody waits are kept for the next wait. */
export class FolderWatcher implements Disposable {
  readonly #options: FolderWatcherOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #moved: () => void = () => {};

  constructor(options: FolderWatcherOptions) {
    this.#options = options;
  }

  /** Watches these folders from now on, and no others. */
  watch(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#open(folder);
  }

  /** Resolves with the paths that were saved, once it is quiet; with none when the signal aborts. */
  async saved(signal: AbortSignal): Promise<readonly string[]> {
    while (!signal.aborted) {
      const before = this.#changed.size;
      const moved = await this.#wait(signal, before === 0 ? null : QUIET_MS);
      if (!moved && before > 0) break;
    }
    const paths = signal.aborted ? [] : [...this.#changed].toSorted();
    this.#changed.clear();
    return paths;
  }

  [Symbol.dispose](): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => this.#note(folder, name));
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch (error) {
      this.#options.onTrouble(folder, messageOf(error));
    }
  }

  #note(folder: string, name: string | null): void {
    if (name === null || NOISE.test(name)) return;
    const path = join(folder, name);
    if (this.#options.ignore.some((ignored) => path === ignored || path.startsWith(`${ignored}/`))) return;
    this.#changed.add(path);
    this.#moved();
  }

  /** @returns whether something moved before the time was over */
  #wait(signal: AbortSignal, ms: number | null): Promise<boolean> {
    return new Promise((done) => {
      const timer = ms === null ? null : setTimeout(() => end(false), ms);
      const abort = (): void => end(false);
      const end = (moved: boolean): void => {
        if (timer !== null) clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        this.#moved = () => {};
        done(moved);
      };
      this.#moved = () => end(true);
      signal.addEventListener('abort', abort, { once: true });
    });
  }
}
