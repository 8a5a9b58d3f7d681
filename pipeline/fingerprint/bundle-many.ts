import type { Bundle, BundleOptions, BundleRecord } from './bundle.ts';
import { bundleModule } from './bundle-module.ts';
import { BundleShelf } from './bundle-shelf.ts';
import { Bundler, bundleOf } from './bundler.ts';

/** How many modules one call of the bundler takes: it holds all their outputs at once. Of the first call few, since somebody waits for it. */
const [FIRST, AT_ONCE] = [20, 100];
/** How many calls are under way at once: the bundler, a process of its own, is at the next ones while this one finishes those before. */
const CALLS = 2;

/**
 * The bundles of many modules, as they stand when they are first asked for: one command, one state of the code. The changed ones are made
 * together and packed (see body-code.ts), in the order in which they were asked for, and each is there before the last one is made.
 */
export class ManyBundles {
  readonly #options: BundleOptions;
  readonly #found = new Map<string, Bundle>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #lanes: Promise<void>[] = Array.from({ length: CALLS }, () => Promise.resolve());
  #tools: Tools | null = null;
  #end: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: BundleOptions) {
    this.#options = options;
  }

  /** Begins to make those that are not at hand. */
  prepare(entries: readonly string[]): void {
    const wanted = entries.filter((entry) => !this.#found.has(entry) && !this.#underWay.has(entry));
    if (wanted.length === 0) return;
    const tools = (this.#tools ??= { bundler: new Bundler(this.#options), shelf: new BundleShelf(this.#options.cacheDir) });
    const stale: Stale[] = [];
    for (const entry of wanted) {
      const record = tools.shelf.get(entry);
      if (record !== null && tools.bundler.holds(record)) this.#found.set(entry, bundleOf(record, this.#options.projectDir));
      else stale.push([entry, record]);
    }
    for (let call = 0; stale.length > 0; call += 1) this.#begin(stale.splice(0, call === 0 ? FIRST : AT_ONCE), call % CALLS, tools);
    const end: Promise<void> = Promise.all(this.#lanes).then(() => this.#finish(end, tools));
    end.catch(() => {}); // told by done()
    this.#end = end;
  }

  /** @throws SluiceError as {@link bundleModule}, for a module in which something is wrong */
  async get(entry: string): Promise<Bundle> {
    if (!this.#found.has(entry)) await this.#underWay.get(entry);
    return this.#found.get(entry) ?? bundleModule(entry, this.#options);
  }

  /** Those that are there. */
  made(): ReadonlyMap<string, Bundle> {
    return this.#found;
  }

  /** Waits until all are made that can be, and what is known of them is kept for the next command. */
  async done(): Promise<void> {
    await this.#end;
  }

  /** Those that were not begun are made when they are asked for. */
  stop(): void {
    this.#stopped = true;
  }

  #begin(some: readonly Stale[], lane: number, tools: Tools): void {
    const before = this.#lanes[lane] ?? Promise.resolve();
    const made = before.then(() => (this.#stopped ? undefined : this.#make(some, tools))).catch(() => {}); // whoever needs one meets the error
    this.#lanes[lane] = made;
    for (const [entry] of some) this.#underWay.set(entry, made);
  }

  async #make(some: readonly Stale[], { bundler, shelf }: Tools): Promise<void> {
    const before = new Map(some.flatMap(([entry, record]) => (record === null ? [] : [[entry, record] as const])));
    const made = await bundler.build(
      some.map(([entry]) => entry),
      'many',
      before,
    );
    for (const [entry, record] of made) {
      shelf.put(entry, record);
      this.#found.set(entry, bundleOf(record, this.#options.projectDir));
      this.#underWay.delete(entry);
    }
  }

  /** The tools hold the texts of all sources: a run, which goes on for long, does without. */
  #finish(end: Promise<void>, { shelf }: Tools): void {
    if (this.#end !== end) return;
    shelf.save();
    this.#tools = null;
  }
}

interface Tools {
  readonly bundler: Bundler;
  readonly shelf: BundleShelf;
}

type Stale = readonly [entry: string, record: BundleRecord | null];
