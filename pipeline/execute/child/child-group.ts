import { guardGroup } from './group-warden.ts';
import { signalGroup } from './process-group.ts';

/** How long a cancelled child may take to end in order, in ms. */
const GRACE_MS = 5000;

/** The process group of one child, which may be asked to end before it is known. */
export class ChildGroup {
  #leader: number | null = null;
  #guard: ReturnType<typeof guardGroup> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  adopt(leader: number): void {
    this.#leader = leader;
    this.#guard = guardGroup(leader);
    if (this.#stopped) this.stop();
  }

  /** Asks the whole group to end, and ends it when it does not. */
  stop(): void {
    this.#stopped = true;
    const leader = this.#leader;
    if (leader === null || this.#timer !== null) return;
    signalGroup(leader, 'SIGTERM');
    this.#timer = setTimeout(() => signalGroup(leader, 'SIGKILL'), GRACE_MS);
  }

  /** The group is gone: its number may be another's from now on. */
  release(): void {
    this.#guard?.release();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#leader = null;
  }
}
