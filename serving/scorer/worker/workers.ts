import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limitArenas } from '../../../pipeline/index.ts';
import type { Counterfactual } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import type { RowContributions } from '../answers/explanation.ts';
import type { ExplainerFacts } from '../served-model.ts';
import type { FeatureModel, FeatureRequests, LoanRequests } from './feature-requests.ts';
import { Lane } from './lane.ts';
import { MicroBatches, requireRoom } from './micro-batches.ts';
import type { ModelRequests } from './model-requests.ts';

/** Rows of one call of the booster: 64 scores take a millisecond, 8 explanations some ten. */
const SCORES_AT_ONCE = 64;
const EXPLANATIONS_AT_ONCE = 8;
/** Calls that may wait before others are turned away. */
const PATIENCE = { score: 8192, explain: 2048, features: 256, loans: 32 } as const;

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
  readonly loans: string;
}

/** The threads that hold models: one scores, one explains, one makes features, so that none waits for another. */
export class Workers {
  readonly #score: Lane<ModelRequests>;
  readonly #explain: Lane<ModelRequests>;
  readonly #features: Lane<FeatureRequests>;
  /** Started by the first who asks: not everybody does. */
  #loans: Lane<LoanRequests> | null = null;
  readonly #startLoans: () => Lane<LoanRequests>;
  readonly #batches = new Map<string, Batches>();
  readonly #planned = new Map<string, Promise<null>>();
  readonly #tempDir: string;

  private constructor(files: WorkerFiles, projectDir: string, tempDir: string) {
    this.#tempDir = tempDir;
    this.#score = new Lane(files.model, { projectDir });
    this.#explain = new Lane(files.model, { projectDir });
    this.#features = new Lane(files.features, { projectDir, tempDir });
    this.#startLoans = () => new Lane(files.loans, { projectDir, tempDir });
  }

  static async start(files: WorkerFiles, projectDir: string): Promise<Workers> {
    limitArenas(ARENAS);
    return new Workers(files, projectDir, await mkdtemp(join(tmpdir(), 'sluice-serving-')));
  }

  get waiting(): { readonly score: number; readonly explain: number; readonly features: number } {
    const sum = (of: (batches: Batches) => number): number =>
      [...this.#batches.values()].reduce((total, batches) => total + of(batches), 0);
    return {
      score: sum(({ score }) => score.waiting) + this.#score.waiting,
      explain: sum(({ explain }) => explain.waiting) + this.#explain.waiting,
      features: this.#features.waiting + (this.#loans?.waiting ?? 0),
    };
  }

  /** Loads a model where it scores and explains; what makes its features is made ready behind. @throws SluiceError MODEL_DAMAGED */
  async open(model: FeatureModel): Promise<ExplainerFacts> {
    const { key, folder, sha256 } = model;
    // Planning the SQL of all features takes a second or more: whoever needs it waits for it, and nobody else.
    const planned = this.#features.call('open', model);
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
  async features(key: string, rows: RawRows): Promise<Float32Array> {
    this.#requireRoom();
    await this.#planned.get(key);
    return await this.#features.call('features', { key, rows });
  }

  openBook(folder: string): Promise<null> {
    return this.#features.call('book', { folder });
  }

  async rows(id: number): Promise<RawRows> {
    this.#requireRoom();
    return await this.#features.call('rows', { id });
  }

  /** Tries other loans, one applicant after the other, beside all else. @throws SluiceError SERVING_BUSY */
  async counterfactual(ask: LoanRequests['counterfactual']['ask']): Promise<Counterfactual> {
    this.#loans ??= this.#startLoans();
    requireRoom(this.#loans.waiting, PATIENCE.loans);
    return await this.#loans.call('counterfactual', ask);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#score.close(), this.#explain.close(), this.#features.close(), this.#loans?.close()]);
    await rm(this.#tempDir, { recursive: true, force: true });
  }

  #of(key: string): Batches {
    const batches = this.#batches.get(key);
    if (batches === undefined) throw new Error(`model ${key} is not open`);
    return batches;
  }

  #requireRoom(): void {
    requireRoom(this.#features.waiting, PATIENCE.features);
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
