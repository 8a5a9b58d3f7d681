import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { limitArenas } from '../../../pipeline/index.ts';
import type { Counterfactual } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { RowContributions } from '../answers/explanation.ts';
import type { ExplainerFacts } from '../served-model.ts';
import type { DuckDbRequests } from './duckdb-requests.ts';
import type { FeatureModel, FeatureRequests } from './feature-requests.ts';
import { Lane } from './lane.ts';
import { LaneOnDemand } from './lane-on-demand.ts';
import { laneProcess, laneThread } from './lane-workers.ts';
import { MicroBatches, requireRoom } from './micro-batches.ts';
import { KeptPlans } from './kept-plans.ts';
import type { ModelRequests } from './model-requests.ts';

/** Rows of one call of the booster: 64 scores take a millisecond, 8 explanations some ten. */
const SCORES_AT_ONCE = 64;
const EXPLANATIONS_AT_ONCE = 8;
/** Calls that may wait before others are turned away. */
const PATIENCE = { score: 8192, explain: 2048, features: 256, duckdb: 32 } as const;
/** How long the process that has DuckDB stays when nobody asks it, in ms: an officer tries several loans. */
const DUCKDB_IDLE_MS = 10_000;

/** Few threads allocate at once here, and what an arena's threads freed stays with it. */
const ARENAS = 2;

export interface ScoredNumbers {
  readonly margin: number;
  readonly calibrated: number;
}

interface Batches {
  readonly score: MicroBatches<ScoredNumbers>;
  readonly explain: MicroBatches<RowContributions>;
}

/** Worker files, bundled. */
export interface WorkerFiles {
  readonly model: string;
  readonly features: string;
  readonly duckdb: string;
}

export interface WorkersOptions {
  readonly projectDir: string;
  /** Where DuckDB's plans are kept. */
  readonly plansDir: string;
}

/**
 * The threads that hold models: one scores, one explains, one makes features, so that none waits for another; and a process that has DuckDB
 * while it is needed.
 */
export class Workers {
  readonly #score: Lane<ModelRequests>;
  readonly #explain: Lane<ModelRequests>;
  readonly #features: Lane<FeatureRequests>;
  readonly #duckdb: LaneOnDemand<DuckDbRequests>;
  readonly #batches = new Map<string, Batches>();
  readonly #planned = new Map<string, Promise<unknown>>();
  readonly #plans: KeptPlans;
  readonly #tempDir: string;

  private constructor(files: WorkerFiles, { projectDir, plansDir }: WorkersOptions, tempDir: string) {
    this.#tempDir = tempDir;
    this.#plans = new KeptPlans(plansDir, basename(files.duckdb));
    const tools = { projectDir, tempDir };
    this.#score = new Lane(laneThread(files.model, { projectDir }));
    this.#explain = new Lane(laneThread(files.model, { projectDir }));
    this.#features = new Lane(laneThread(files.features, tools));
    this.#duckdb = new LaneOnDemand(() => new Lane(laneProcess(files.duckdb, tools)), DUCKDB_IDLE_MS);
  }

  static async start(files: WorkerFiles, options: WorkersOptions): Promise<Workers> {
    limitArenas(ARENAS);
    return new Workers(files, options, await mkdtemp(join(tmpdir(), 'sluice-serving-')));
  }

  get waiting(): { readonly score: number; readonly explain: number; readonly features: number } {
    const sum = (of: (batches: Batches) => number): number =>
      [...this.#batches.values()].reduce((total, batches) => total + of(batches), 0);
    return {
      score: sum(({ score }) => score.waiting) + this.#score.waiting,
      explain: sum(({ explain }) => explain.waiting) + this.#explain.waiting,
      features: this.#features.waiting + this.#duckdb.waiting,
    };
  }

  /** Loads a model where it scores and explains; what makes its features is made ready behind. @throws SluiceError MODEL_DAMAGED */
  async open(model: FeatureModel): Promise<ExplainerFacts> {
    const { key, folder, sha256 } = model;
    // Planning the SQL of all features takes a second or more, once: whoever needs it waits for it, and nobody else.
    const planned = this.#plans.use(
      model,
      (file) => this.#duckdb.call('plan', { model, file }),
      (plans) => this.#features.call('open', { model, plans }),
    );
    planned.catch(() => {}); // told to who needs it
    this.#planned.set(key, planned);
    const [{ explainer }] = await Promise.all([
      this.#score.call('open', { key, folder, sha256 }),
      this.#explain.call('open', { key, folder, sha256 }),
    ]);
    this.#batches.set(key, { score: this.#scores(key), explain: this.#explanations(key) });
    return explainer;
  }

  async close(key: string): Promise<void> {
    this.#batches.delete(key);
    this.#planned.delete(key);
    await Promise.all([this.#score, this.#explain].map((lane) => lane.call('close', { key })));
    await this.#features.call('close', { key });
  }

  /** @throws SluiceError SERVING_BUSY */
  score(key: string, row: Float32Array): Promise<ScoredNumbers> {
    return this.#of(key).score.add(row);
  }

  /** @throws SluiceError SERVING_BUSY */
  explain(key: string, row: Float32Array): Promise<RowContributions> {
    return this.#of(key).explain.add(row);
  }

  /** What a model needs to make features of raw rows is ready. @throws SluiceError ARTIFACT_SCHEMA, MODEL_DAMAGED where it cannot be */
  async planned(key: string): Promise<void> {
    await this.#planned.get(key);
  }

  /** @throws SluiceError SERVING_BUSY; DATA_BAD_VALUE; as {@link planned} */
  async features(model: FeatureModel, rows: RawRows): Promise<Float32Array> {
    requireRoom(this.#features.waiting, PATIENCE.features);
    await this.#planned.get(model.key);
    const made = await this.#features.call('features', { key: model.key, rows });
    if (made !== null) return made;
    requireRoom(this.#duckdb.waiting, PATIENCE.duckdb);
    return await this.#duckdb.call('features', { model, rows });
  }

  /** Tries other loans, one applicant after the other, beside all else. @throws SluiceError SERVING_BUSY */
  async counterfactual(ask: DuckDbRequests['counterfactual']['ask']): Promise<Counterfactual> {
    requireRoom(this.#duckdb.waiting, PATIENCE.duckdb);
    return await this.#duckdb.call('counterfactual', ask);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#score.close(), this.#explain.close(), this.#features.close(), this.#duckdb.close()]);
    await rm(this.#tempDir, { recursive: true, force: true });
  }

  #of(key: string): Batches {
    const batches = this.#batches.get(key);
    if (batches === undefined) throw new Error(`model ${key} is not open`);
    return batches;
  }

  #scores(key: string): MicroBatches<ScoredNumbers> {
    return new MicroBatches({
      most: SCORES_AT_ONCE,
      patience: PATIENCE.score,
      work: async (rows, data) => {
        const { margin, calibrated } = await this.#score.call('score', { key, rows, data }, [bufferOf(data)]);
        return Array.from(margin, (own, at) => ({ margin: own, calibrated: calibrated[at] ?? Number.NaN }));
      },
    });
  }

  #explanations(key: string): MicroBatches<RowContributions> {
    return new MicroBatches<RowContributions>({
      most: EXPLANATIONS_AT_ONCE,
      patience: PATIENCE.explain,
      work: async (rows, data) => {
        const width = data.length / rows;
        const { values, bias, margin, calibrated } = await this.#explain.call('explain', { key, rows, data }, [bufferOf(data)]);
        return Array.from(margin, (own, at) => ({
          values: values.slice(at * width, (at + 1) * width),
          bias,
          margin: own,
          calibrated: calibrated[at] ?? Number.NaN,
        }));
      },
    });
  }
}

function bufferOf({ buffer }: Float32Array): ArrayBuffer {
  return buffer as ArrayBuffer;
}
