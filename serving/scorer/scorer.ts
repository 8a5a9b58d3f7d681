import { join } from 'node:path';
import { SluiceError } from '../../pipeline/index.ts';
import { changedRows, fieldRanges, movedFeatures } from './answers/changes.ts';
import { bivariateOf } from './answers/bivariate.ts';
import { conceptSums } from './answers/concept-sums.ts';
import { explanationOf } from './answers/explanation.ts';
import { overviewOf } from './answers/overview.ts';
import { similarOf } from './answers/similar.ts';
import { populationFacts, scoreHistogramOf, standingOf } from './answers/standing.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicantList, ListQuery } from '../book/listing.ts';
import { counterfactualsOf } from './counterfactuals.ts';
import type { ExplainAnswer } from './explain-answer.ts';
import { featureDigest } from './feature-digest.ts';
import type { LiveModel } from './live-model.ts';
import type { FeatureDescription, ModelOverview, ScorerStatus } from './model-overview.ts';
import { ModelsInService } from './models/models-in-service.ts';
import type { BivariateAnswer, OutcomeHistogram, PopulationAnswer, SimilarAnswer } from './population-answer.ts';
import { applicationOf } from './raw-rows.ts';
import type { ModelIdentity, ScoreAnswer } from './score-answer.ts';
import type { ScorerOptions } from './scorer-options.ts';
import { ScoringSteps } from './scoring-steps.ts';
import type { ScoreOptions, Scoring, ScoringInputs } from './scoring.ts';
import { Shadow } from './shadow.ts';
import { CHANGEABLE_FIELDS, type Changes, type CounterfactualAnswer, type FieldRange, type WhatIfAnswer } from './what-if-answer.ts';
import { Workers } from './worker/workers.ts';

const POLL_MS = 30_000;

/** The champion as a library: see {@link Scoring} for what each call gives and throws. Close it once, or hold it with `await using`. */
export class Scorer implements Scoring, AsyncDisposable {
  readonly #workers: Workers;
  readonly #models: ModelsInService;
  readonly #steps: ScoringSteps;
  readonly #shadow = new Shadow();
  readonly #timer: NodeJS.Timeout | null;
  #under: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #explained = 0;
  #closed = false;
  #idle: (() => void) | null = null;

  private constructor(workers: Workers, models: ModelsInService, pollMs: number) {
    this.#workers = workers;
    this.#steps = new ScoringSteps(workers);
    this.#models = models;
    this.#timer = pollMs > 0 ? setInterval(() => this.#poll(), pollMs) : null;
    this.#timer?.unref();
  }

  /**
   * Ready when it resolves: the champion is proven and loaded. The book and the index are opened, or made, behind; until then people of
   * the book are unknown to the population, and all else works.
   * @throws SluiceError MODEL_DAMAGED, ARTIFACT_SCHEMA (a model of other features), ARTIFACT_MISSING (no champion), MLFLOW_UNREACHABLE (and none kept)
   */
  static async open(options: ScorerOptions): Promise<Scorer> {
    const [model = '', features = '', duckdb = ''] = await Promise.all(
      ['model-worker', 'feature-worker', 'duckdb-process'].map((name) => options.bundle(`serving/scorer/worker/${name}.ts`)),
    );
    const { projectDir, artifactsDir } = options;
    const workers = await Workers.start({ model, features, duckdb }, { projectDir, plansDir: join(artifactsDir, 'serving', 'plans') });
    const models = new ModelsInService(options, workers);
    try {
      await models.start();
    } catch (error) {
      await models.stop();
      await workers.stop();
      throw error;
    }
    return new Scorer(workers, models, options.registry === null ? 0 : (options.pollMs ?? POLL_MS));
  }

  /** Resolves when the book and the index of the champion are in use, or were given up with a warning. */
  prepared(): Promise<void> {
    return this.#models.prepared;
  }

  score(applicant: Applicant, { reasons = true }: ScoreOptions = {}): Promise<ScoreAnswer> {
    return this.#call(async (live) => {
      const answer = await this.#steps.score(live, await this.#steps.look(live, applicant), reasons);
      this.#compare(applicant, answer);
      return answer;
    });
  }

  explain(applicant: Applicant): Promise<ExplainAnswer> {
    return this.#call(async (live) => {
      this.#explained += 1;
      const { explainer } = live;
      const looked = await this.#steps.look(live, applicant);
      if (explainer.kind === 'none') {
        const why = {
          en: `This model has no exact contributions: ${explainer.reason}.`,
          fr: `Ce modèle n’a pas de contributions exactes : ${explainer.reason}.`,
        };
        return { score: await this.#steps.score(live, looked, false), explanation: { kind: 'none', why } };
      }
      const contributions = await this.#steps.contributions(live, looked);
      const score = await this.#steps.score(live, { ...looked, contributions }, true);
      return { score, explanation: explanationOf(live.model, explainer, { row: looked.row, contributions }) };
    });
  }

  whatIf(applicant: Applicant, changes: Changes): Promise<WhatIfAnswer> {
    return this.#call(async (live) => {
      const rows = await this.#steps.rows(live, applicant);
      const application = applicationOf(rows);
      const other = changedRows(rows, changes, live.model.features);
      const looked = await this.#steps.look(live, applicant);
      const row = await this.#steps.input(live, other);
      return {
        before: await this.#steps.score(live, looked, true),
        after: await this.#steps.score(live, { id: null, row }, true),
        changed: CHANGEABLE_FIELDS.flatMap((field) => {
          const [from, to] = [application[field], changes[field]];
          return to === undefined || to === from ? [] : [{ field, from: typeof from === 'number' ? from : null, to }];
        }),
        moved: movedFeatures(live.model, looked.row, row),
        fields: fieldRanges(rows, live.ranges),
      };
    });
  }

  fields(applicant: Applicant): Promise<readonly FieldRange[]> {
    return this.#call(async (live) => fieldRanges(await this.#steps.rows(live, applicant), live.ranges));
  }

  counterfactuals(applicant: Applicant): Promise<CounterfactualAnswer> {
    return this.#call((live) => counterfactualsOf(live, applicant, this.#steps));
  }

  similar(applicant: Applicant, count: number): Promise<SimilarAnswer> {
    return this.#call(async (live) => {
      const population = live.requirePopulation();
      const looked = await this.#steps.look(live, applicant);
      const { concepts } = population.record;
      if (concepts.length === 0)
        throw new SluiceError('ARTIFACT_MISSING', 'this model has no exact contributions to tell similar applicants by', {
          hint: 'Promote a model with contributions: trees, a logistic regression or a scorecard.',
        });
      const contributions = await this.#steps.contributions(live, looked);
      const sums = conceptSums(live.model, contributions.values, concepts);
      const nearest = population.nearest(sums, Math.min(100, Math.max(1, Math.trunc(count))), looked.id);
      return { score: await this.#steps.score(live, { ...looked, contributions }, true), ...similarOf(population, nearest, live.words) };
    });
  }

  population(applicant: Applicant, feature?: string): Promise<PopulationAnswer> {
    return this.#call(async (live) => {
      const population = live.requirePopulation();
      const looked = await this.#steps.look(live, applicant);
      const score = await this.#steps.score(live, looked, true);
      const { outcomes } = population;
      const facts = { score, population: populationFacts(population) };
      if (feature === undefined) {
        const label = { en: 'Probability of default', fr: 'Probabilité de défaut' };
        const { value } = score.probabilityOfDefault;
        return { ...facts, standing: standingOf({ feature: null, label, value, values: population.calibrated, outcomes }) };
      }
      const { column, label } = live.requireFeature(feature);
      const own = looked.row[column] ?? Number.NaN;
      const value = Number.isNaN(own) ? null : own;
      return { ...facts, standing: standingOf({ feature, label, value, values: population.column(column), outcomes }) };
    });
  }

  bivariate(applicant: Applicant, { x, y }: { readonly x: string; readonly y: string }): Promise<BivariateAnswer> {
    return this.#call(async (live) => {
      const population = live.requirePopulation();
      const { row } = await this.#steps.look(live, applicant);
      return bivariateOf(
        population,
        { x: { feature: x, ...live.requireFeature(x, 'x') }, y: { feature: y, ...live.requireFeature(y, 'y') } },
        row,
      );
    });
  }

  inputs(applicant: Applicant): Promise<ScoringInputs> {
    return this.#call(async (live) => {
      const rows = await this.#steps.rows(live, applicant);
      const { id, row } = await this.#steps.look(live, applicant);
      const features = Object.fromEntries(
        live.model.features.map((name, column) => {
          const value = row[column] ?? Number.NaN;
          return [name, Number.isNaN(value) ? null : value];
        }),
      );
      return { applicantId: id, rows, features, featureDigest: featureDigest(row) };
    });
  }

  scoreWith(model: Pick<ModelIdentity, 'version' | 'sha256'>, applicant: Applicant): Promise<ScoreAnswer> {
    return this.#call(async (live) => {
      const rows = await this.#steps.rows(live, applicant);
      const id = 'id' in applicant ? applicant.id : null;
      const past = await this.#models.past(model);
      return await past.use(async (old) => {
        const row = await this.#steps.input(old, rows);
        return await this.#steps.score(old, { id, row }, true);
      });
    });
  }

  async applicants(query: ListQuery): Promise<ApplicantList> {
    const { champion } = this.#models;
    return champion.requireIndex().listing.find(query, (probability) => champion.words.refuses(probability));
  }

  features(): readonly FeatureDescription[] {
    return this.#models.champion.model.entries.map(({ en, fr, fitted: _fitted, ...entry }, position) => ({
      ...entry,
      description: { en, fr },
      position,
    }));
  }

  overview(): ModelOverview {
    return overviewOf(this.#models.champion);
  }

  scoreHistogram(): OutcomeHistogram | null {
    const { population } = this.#models.champion;
    return population === null ? null : scoreHistogramOf(population);
  }

  status(): ScorerStatus {
    const { champion, challenger } = this.#models;
    const { index, population } = champion;
    return {
      champion: champion.model.identity,
      ...this.#models.state,
      challenger: challenger?.model.identity ?? null,
      scored: this.#steps.scored,
      explained: this.#explained,
      waiting: this.#workers.waiting,
      shadow: this.#shadow.counts,
      preparing: champion.preparing,
      bookFailure: champion.bookFailure,
      book: index === null ? null : { applicants: index.ids.length, setAside: champion.setAside },
      population: population === null ? null : { clients: population.clients },
    };
  }

  refresh(): Promise<void> {
    return this.#models.refresh();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#under;
    if (this.#calls > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    await this.#models.stop();
    await this.#workers.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #poll(): void {
    this.#under = this.#models.refresh();
  }

  /** Every call keeps the model that it started with. */
  async #call<T>(work: (live: LiveModel) => Promise<T>): Promise<T> {
    if (this.#closed) throw new SluiceError('SERVING_CLOSED', 'the scorer is closed', { hint: 'Ask the process that takes over.' });
    this.#calls += 1;
    try {
      return await this.#models.champion.use(work);
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) this.#idle?.();
    }
  }

  #compare(applicant: Applicant, { probabilityOfDefault, decision }: ScoreAnswer): void {
    const { challenger } = this.#models;
    if (challenger === null) return;
    this.#shadow.compare({ probability: probabilityOfDefault.value, refuses: decision === 'refuse' }, () =>
      challenger.use(async (live) => {
        const rows = await this.#steps.rows(this.#models.champion, applicant);
        const { calibrated } = await this.#steps.numbers(live, await this.#steps.input(live, rows));
        return { probability: calibrated, refuses: live.words.refuses(calibrated) };
      }),
    );
  }
}
