import type { ConfigOrigin } from '../config/config-origin.ts';
import type { SourceArchive } from '../fingerprint/source-archive.ts';
import type { StatCache } from '../fingerprint/stat-cache.ts';
import { upstreamPorts } from '../graph/define-pipeline.ts';
import type { Pipeline, Stage } from '../graph/stage.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import type { Change } from './change.ts';
import { compareTables, type TableVersion } from './compare-tables.ts';
import type { Explanation } from './explanation.ts';
import type { ProducerFinder } from './find-producer.ts';
import { namePorts } from './name-ports.ts';
import { findRefinedChanges } from './refine-code.ts';
import type { WorkFacts } from './work-facts.ts';

export interface ExplainOptions {
  readonly pipeline: Pipeline;
  readonly archive: SourceArchive;
  readonly producers: ProducerFinder;
  readonly store: Store;
  readonly stats: StatCache;
  /** Where a database may spill. */
  readonly tempDir: string;
  /** Where the config's values of now come from; empty when two works of the past are compared. */
  readonly origins: Readonly<Record<string, ConfigOrigin>>;
  /** Of files that were edited since, those that matter to the code of a stage; the others are left out. */
  readonly effective: (stage: Stage, edits: ReadonlyMap<string, string>) => Promise<ReadonlySet<string>>;
  /** A path as it is to be shown. */
  readonly show: (file: string) => string;
}

/** Explains works of one pipeline; a stage is explained once, where it is met first. */
export class WorkExplainer {
  readonly #options: ExplainOptions;
  readonly #met = new Set<string>();

  constructor(options: ExplainOptions) {
    this.#options = options;
  }

  /** Why `after` is another piece of work than `before`, with what changed in its inputs and why those changed. */
  async explain(stage: Stage, before: Manifest, after: WorkFacts & { readonly finishedAt?: string }): Promise<Explanation> {
    this.#met.add(stage.name);
    const found = namePorts(await findRefinedChanges(before, after, this.#options.archive), stage);
    const changes: Change[] = [];
    const causes: Explanation[] = [];
    for (const change of found) {
      if (change.kind === 'param') changes.push({ ...change, place: this.#place(change.key) });
      else if (change.kind === 'code')
        changes.push(after.finishedAt === undefined ? await this.#effectiveFiles(stage, change, before) : change);
      else if (change.kind !== 'input') changes.push(change);
      else {
        const { table, cause } = await this.#followInput(stage, change, { by: before.finishedAt, now: after.finishedAt });
        changes.push({ ...change, table });
        if (cause !== null) causes.push(cause);
      }
    }
    return { stage: stage.name, changes, causes };
  }

  /** Leaves out files whose edit is not in the code that would run: an unused export beside the one that counts. */
  async #effectiveFiles(stage: Stage, change: Extract<Change, { kind: 'code' }>, before: Manifest): Promise<Change> {
    const edits = new Map<string, string>();
    for (const { file, change: how } of change.files) {
      const text = how === 'edited' ? await this.#options.archive.read(before.sources[file] ?? '') : null;
      if (text !== null) edits.set(file, text);
    }
    const effective = await this.#options.effective(stage, edits);
    const files = change.files.filter(({ file }) => !edits.has(file) || effective.has(file));
    return files.length === 0 ? change : { ...change, files };
  }

  async #followInput(
    stage: Stage,
    change: Extract<Change, { kind: 'input' }>,
    times: { readonly by: string; readonly now: string | undefined },
  ): Promise<{ readonly table: Extract<Change, { kind: 'input' }>['table']; readonly cause: Explanation | null }> {
    const port = upstreamPorts(stage).find(({ input }) => input === change.input)?.port;
    const upstream = this.#options.pipeline.stages.find(({ name }) => name === port?.stage);
    if (port === undefined || upstream === undefined || change.before === null || change.after === null)
      return { table: null, cause: null };
    const { producers } = this.#options;
    const [old, now] = await Promise.all([
      producers.find(port.stage, port.name, { digest: change.before, by: times.by }),
      producers.find(port.stage, port.name, { digest: change.after, ...(times.now !== undefined && { by: times.now }) }),
    ]);
    if (old === null || now === null) return { table: null, cause: null };
    const table = port.spec.kind === 'table' ? await this.#compareTables(old, now, port.name) : null;
    const cause = this.#met.has(upstream.name) || old.fingerprint === now.fingerprint ? null : await this.explain(upstream, old, now);
    return { table, cause };
  }

  async #compareTables(old: Manifest, now: Manifest, port: string): Promise<Extract<Change, { kind: 'input' }>['table']> {
    const version = async ({ outputs }: Manifest): Promise<TableVersion | null> => {
      const artifact = outputs[port];
      if (artifact === undefined) return null;
      const found = await this.#options.store.verify(artifact, this.#options.stats);
      return { artifact, path: found.ok ? found.path : null };
    };
    const [before, after] = await Promise.all([version(old), version(now)]);
    return before === null || after === null ? null : compareTables(before, after, this.#options.tempDir);
  }

  #place(key: string): string | null {
    const origin = this.#options.origins[key];
    if (origin === undefined) return null;
    if (origin === 'flag') return '-S on the command line';
    return origin === 'default' ? 'the default' : `${this.#options.show(origin.file)}:${origin.line}:${origin.column}`;
  }
}
