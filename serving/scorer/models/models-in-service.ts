import { join } from 'node:path';
import { NO_SERVER, isSluiceError, returnFreedMemory, SluiceError, toSluiceError } from '../../../pipeline/index.ts';
import { ApplicantBook } from '../../book/applicant-book.ts';
import { BookIndex } from '../../book/book-index.ts';
import { locateBook } from '../../book/locate-book.ts';
import type { PrepareProgress } from '../../book/prepare/prepare-order.ts';
import { rejectsFile, setAsideOf } from '../../book/set-aside.ts';
import { isPrepared, runPrepare } from '../../book/prepare/run-prepare.ts';
import { LiveModel } from '../live-model.ts';
import type { ModelIdentity } from '../score-answer.ts';
import type { ScorerOptions } from '../scorer-options.ts';
import { featureModelOf, readServedModel } from '../served-model.ts';
import type { Workers } from '../worker/workers.ts';
import type { KeptModel } from './kept-model.ts';
import { ModelShelf } from './model-shelf.ts';
import { withoutValues } from '../without-values.ts';

/** How long a start waits for a registry that does not answer when there is a kept champion to go on with. */
const START_PATIENCE_MS = 800;
/** And how long it waits when there is none. */
const FIRST_PATIENCE_MS = 10_000;

/** Nothing is made yet; and nobody knows yet whether anything has to be. */
const BEGUN: PrepareProgress = { what: 'book', done: 0, total: 1 };
const OPENING: PrepareProgress = { ...BEGUN, what: 'opening' };

/** Which models answer: the champion, and the challenger beside it. Takes a new champion over without losing a call. */
export class ModelsInService {
  readonly #options: ScorerOptions;
  readonly #workers: Workers;
  readonly #shelf: ModelShelf;
  readonly #ended = new AbortController();
  /** Opened for replay, by key. */
  readonly #past = new Map<string, LiveModel>();
  #champion: LiveModel | null = null;
  #challenger: LiveModel | null = null;
  #source: 'registry' | 'kept' = 'kept';
  #warning: string | null = null;
  #swaps = 0;
  /** The kept champion, opened while the registry is asked at a start. */
  #early: { readonly kept: KeptModel; readonly live: Promise<LiveModel> } | null = null;
  #preparing: Promise<void> = Promise.resolve();
  #book: { readonly folder: string; readonly book: ApplicantBook } | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(options: ScorerOptions, workers: Workers) {
    this.#options = options;
    this.#workers = workers;
    this.#shelf = new ModelShelf(this.#servingDir);
  }

  get champion(): LiveModel {
    if (this.#champion === null) throw new SluiceError('SERVING_CLOSED', 'the scorer has no champion');
    return this.#champion;
  }

  get challenger(): LiveModel | null {
    return this.#challenger;
  }

  get state() {
    return { source: this.#source, warning: this.#warning, swaps: this.#swaps };
  }

  /** The book and index of the champion are in use, or were given up with a warning. */
  get prepared(): Promise<void> {
    return this.#preparing;
  }

  /**
   * Finds the first champion: the registry's, else the last that was proven here.
   * @throws SluiceError MODEL_DAMAGED for a champion that is not what was registered, ARTIFACT_MISSING where there is none, MLFLOW_UNREACHABLE where nothing is kept
   */
  async start(): Promise<void> {
    const kept = await this.#shelf.lastChampion().catch((error: unknown) => {
      // The registry may have it whole; without one the damage is the end.
      if (this.#options.registry === null) throw error;
      this.#warn(error);
      return null;
    });
    const { registry } = this.#options;
    if (registry === null) {
      if (kept === null) throw noChampion('no champion is kept here, and no registry was given');
      return await this.#takeOver(kept, 'kept');
    }
    // Most often the registry names the one that was kept: it is opened while the registry is asked.
    if (kept !== null) this.#early = { kept, live: this.#openNew(kept) };
    this.#early?.live.catch(() => {}); // told to who takes it
    try {
      const found = await this.#shelf.fromRegistry(registry, 'champion', kept === null ? FIRST_PATIENCE_MS : START_PATIENCE_MS);
      if (found === null) throw noChampion(`no version of "${registry.modelName ?? 'credit-scoring'}" has the alias champion`);
      await this.#takeOver(found, 'registry');
      await this.#refreshChallenger();
    } catch (error) {
      if (kept === null || !isUnreachable(error)) throw error;
      this.#warn(error);
      await this.#takeOver(kept, 'kept');
    } finally {
      await this.#closeEarly();
    }
  }

  /** A model that was champion here before; opened anew where it does not answer now, and open from then on. @throws SluiceError ARTIFACT_MISSING, MODEL_DAMAGED */
  async past({ version, sha256 }: Pick<ModelIdentity, 'version' | 'sha256'>): Promise<LiveModel> {
    const same = (live: LiveModel | undefined | null): boolean =>
      live?.model.identity.sha256 === sha256 && live.model.identity.version === version;
    const open = [this.#champion, this.#challenger, ...this.#past.values()].find(same);
    if (open !== undefined && open !== null) return open;
    const kept = await this.#shelf.find({ version, sha256 });
    const live = this.#past.get(kept.key) ?? (await this.#open(kept));
    this.#past.set(kept.key, live);
    return live;
  }

  /** Asks the registry once; who asks meanwhile shares the answer. Never throws: what is wrong is told, and the champion stays. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#refreshing;
    await this.#preparing;
    const [champion, challenger] = [this.#champion, this.#challenger];
    [this.#champion, this.#challenger] = [null, null];
    await champion?.retire(() => Promise.resolve());
    await challenger?.retire(() => Promise.resolve());
  }

  async #refresh(): Promise<void> {
    const { registry } = this.#options;
    if (registry === null) return;
    try {
      const found = await this.#shelf.fromRegistry(registry, 'champion');
      if (found === null) throw noChampion('no version has the alias champion any more');
      await this.#takeOver(found, 'registry');
      await this.#refreshChallenger();
    } catch (error) {
      this.#warn(error);
    }
  }

  async #takeOver(found: KeptModel, source: 'registry' | 'kept'): Promise<void> {
    const before = this.#champion;
    if (before?.key === found.key) {
      [this.#source, this.#warning] = [source, source === 'registry' ? null : this.#warning];
      return;
    }
    const live = await this.#open(found);
    await this.#shelf.remember(found);
    // Raw rows stay the same ones, most often: nobody waits for them again.
    if (this.#options.book !== false) live.prepare(before === null ? OPENING : BEGUN, before?.book ?? null);
    if (source === 'registry') this.#warning = null;
    // From here on calls take the new one; those under way keep the old.
    [this.#champion, this.#source] = [live, source];
    if (before !== null) this.#swaps += 1;
    this.#options.onEvent?.({ type: 'champion', model: live.model.identity, before: before?.model.identity ?? null, source });
    this.#preparing = this.#preparing.then(() => this.#prepare(live));
    if (before !== null) void this.#retire(before);
  }

  async #refreshChallenger(): Promise<void> {
    const { registry } = this.#options;
    const found =
      registry === null ? null : await this.#shelf.fromRegistry(registry, 'challenger').catch((error: unknown) => this.#warn(error));
    const before = this.#challenger;
    const wanted = found === null || found === undefined || found.key === this.#champion?.key ? null : found;
    if (before?.key === wanted?.key) return;
    this.#challenger = wanted === null ? null : await this.#open(wanted).catch((error: unknown) => this.#warn(error));
    this.#options.onEvent?.({ type: 'challenger', model: this.#challenger?.model.identity ?? null });
    if (before !== null && before.key !== this.#champion?.key) await this.#retire(before);
  }

  /** A model as it was opened already, where it is the same in name too. */
  async #open(kept: KeptModel): Promise<LiveModel> {
    const early = this.#early;
    if (early === null || early.kept.key !== kept.key || early.kept.version !== kept.version || early.kept.name !== kept.name)
      return await this.#openNew(kept);
    return await early.live;
  }

  /** What was opened in vain is freed: the workers know models by key. */
  async #closeEarly(): Promise<void> {
    const early = this.#early;
    this.#early = null;
    if (early === null || (await early.live.catch(() => null)) === null) return;
    if (![this.#champion, this.#challenger].some((live) => live?.key === early.kept.key)) await this.#workers.close(early.kept.key);
  }

  async #openNew(kept: KeptModel): Promise<LiveModel> {
    const model = await readServedModel(kept);
    const explainer = await this.#workers.open(featureModelOf(model));
    return new LiveModel(model, explainer);
  }

  /** A model that is champion and challenger in turn stays open in the workers. */
  async #retire(live: LiveModel): Promise<void> {
    await live
      .retire(async () => {
        const used = [this.#champion, this.#challenger, ...this.#past.values()].some((other) => other !== live && other?.key === live.key);
        if (!used && !this.#ended.signal.aborted) await this.#workers.close(live.key);
      })
      .catch((error: unknown) => this.#warn(error));
  }

  async #prepare(live: LiveModel): Promise<void> {
    const planned = this.#workers.planned(live.key).catch((error: unknown) => this.#warn(error));
    if (this.#options.book !== false && !this.#ended.signal.aborted) await this.#prepareBook(live, planned);
    await planned;
    // What a start took: modules that were parsed, files that were proven.
    returnFreedMemory();
  }

  /** @param planned what is made waits for it: one thing after the other. What is there is opened at once. */
  async #prepareBook(live: LiveModel, planned: Promise<unknown>): Promise<void> {
    const {
      artifact,
      projectDir,
      bundle,
      bookFolder: given = null,
      rejectTolerance = 0,
      prepareThreads: threads = 2,
      onEvent,
    } = this.#options;
    const { key, folder, sha256 } = live.model.kept;
    try {
      const model = { key, folder, sha256 };
      const order = await locateBook({
        artifact,
        projectDir,
        servingDir: this.#servingDir,
        threads,
        model,
        folder: given,
        rejectTolerance,
      });
      if (order === null) return live.withoutBook(null);
      const openBook = (): ApplicantBook => this.#bookOf(order.bookDir);
      if (!isPrepared(order)) {
        live.prepare(BEGUN, live.book);
        await planned;
      }
      await runPrepare(order, {
        file: () => bundle('serving/book/prepare/prepare-index.ts'),
        signal: this.#ended.signal,
        onProgress: (progress) => {
          // The raw rows are there before the index: whoever is asked about by id is scored from them.
          live.prepare(progress, progress.what === 'book' ? live.book : openBook());
          onEvent?.({ type: 'preparing', progress });
        },
      });
      const index = new BookIndex(order.indexDir, live.model.features);
      if (this.#champion !== live) return index[Symbol.dispose]();
      const book = openBook();
      const setAside = setAsideOf(book.rejected, rejectsFile(order));
      live.useIndex(index, book, setAside);
      onEvent?.({
        type: 'prepared',
        model: live.model.identity,
        applicants: index.ids.length,
        population: index.population?.clients ?? null,
        setAside,
      });
    } catch (error) {
      const told = toSluiceError(error);
      live.withoutBook(withoutValues(told));
      if (!this.#ended.signal.aborted) this.#options.onEvent?.({ type: 'warning', error: told });
    }
  }

  /** Read once: models that follow each other have the same raw rows, most often. */
  #bookOf(folder: string): ApplicantBook {
    if (this.#book?.folder === folder) return this.#book.book;
    this.#book = { folder, book: new ApplicantBook(folder) };
    return this.#book.book;
  }

  #warn(error: unknown): null {
    const told = isUnreachable(error) && this.#options.registry?.uri === NO_SERVER ? notRunning(error) : toSluiceError(error);
    this.#warning = withoutValues(told);
    this.#options.onEvent?.({ type: 'warning', error: told });
    return null;
  }

  get #servingDir(): string {
    return join(this.#options.artifactsDir, 'serving');
  }
}

function isUnreachable(error: unknown): boolean {
  return isSluiceError(error) && (error.code === 'MLFLOW_UNREACHABLE' || error.code === 'MLFLOW_REFUSED');
}

function notRunning(cause: unknown): SluiceError {
  return new SluiceError(
    'MLFLOW_UNREACHABLE',
    'the tracking server of this project is not running; the last champion that was proven here serves',
    {
      hint: 'Start it to have new champions noticed: sluice mlflow up. It is asked again twice a minute.',
      cause,
    },
  );
}

function noChampion(why: string): SluiceError {
  return new SluiceError('ARTIFACT_MISSING', why, {
    hint: 'Run the pipeline until it registers a model (`make run`), or promote one: sluice promote MODEL VERSION --alias champion --reason "…"',
  });
}
