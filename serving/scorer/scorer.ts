import { didYouMean, SluiceError } from '../../pipeline/index.ts';
import { counterfactualWords } from '../../stages/explanations/counterfactual/counterfactual-words.ts';
import type { LoanTerms } from '../../stages/explanations/counterfactual/loan-terms.ts';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import { changedRows, fieldRanges, movedFeatures, rangesOf } from './answers/changes.ts';
import { bivariateOf } from './answers/bivariate.ts';
import { conceptSums } from './answers/concept-sums.ts';
import { explanationOf, type RowContributions } from './answers/explanation.ts';
import { overviewOf } from './answers/overview.ts';
import { similarOf } from './answers/similar.ts';
import { populationFacts, standingOf } from './answers/standing.ts';
import type { Applicant } from './applicant.ts';
import type { ExplainAnswer } from './explain-answer.ts';
import { canonicalRow, featureDigest } from './feature-digest.ts';
import type { LiveModel } from './live-model.ts';
import { featureModelOf } from './served-model.ts';
import type { FeatureDescription, ModelOverview, ScorerStatus } from './model-overview.ts';
import { ModelsInService } from './models/models-in-service.ts';
import type { BivariateAnswer, PopulationAnswer, SimilarAnswer } from './population-answer.ts';
import { applicationOf, oneApplicant } from './raw-rows.ts';
import type { ModelIdentity, ScoreAnswer } from './score-answer.ts';
import type { ScorerOptions } from './scorer-options.ts';
import type { ScoreOptions, Scoring, ScoringInputs } from './scoring.ts';
import { Shadow } from './shadow.ts';
import { CHANGEABLE_FIELDS, type Changes, type CounterfactualAnswer, type FieldRange, type WhatIfAnswer } from './what-if-answer.ts';
import { Workers } from './worker/workers.ts';

const POLL_MS = 30_000;

/** Somebody's input of a model, with what was looked up on the way. */
interface Looked {
  readonly id: number | null;
  readonly row: Float32Array;
  /** Where they were needed before. */
  readonly contributions?: RowContributions;
}

/** The champion as a library: see {@link Scoring} for what each call gives and throws. Close it once, or hold it with `await using`. */
export class Scorer implements Scoring, AsyncDisposable {
  readonly #workers: Workers;
  readonly #models: ModelsInService;
  readonly #shadow = new Shadow();
  readonly #timer: NodeJS.Timeout | null;
  #under: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #scored = 0;
  #explained = 0;
  #closed = false;
  #idle: (() => void) | null = null;

  private constructor(workers: Workers, models: ModelsInService, pollMs: number) {
    this.#workers = workers;
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
    const [model = '', features = '', loans = ''] = await Promise.all(
      ['model', 'feature', 'loan'].map((name) => options.bundle(`serving/scorer/worker/${name}-worker.ts`)),
    );
    const workers = await Workers.start({ model, features, loans }, options.projectDir);
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
      const answer = await this.#score(live, await this.#look(live, applicant), reasons);
      this.#compare(applicant, answer);
      return answer;
    });
  }

  explain(applicant: Applicant): Promise<ExplainAnswer> {
    return this.#call(async (live) => {
      this.#explained += 1;
      const { explainer } = live;
      const looked = await this.#look(live, applicant);
      if (explainer.kind === 'none') {
        const why = {
          en: `This model has no exact contributions: ${explainer.reason}.`,
          fr: `Ce modèle n’a pas de contributions exactes : ${explainer.reason}.`,
        };
        return { score: await this.#score(live, looked, false), explanation: { kind: 'none', why } };
      }
      const contributions = await this.#contributions(live, looked);
      const score = await this.#score(live, { ...looked, contributions }, true);
      return { score, explanation: explanationOf(live.model, explainer, { row: looked.row, contributions }) };
    });
  }

  whatIf(applicant: Applicant, changes: Changes): Promise<WhatIfAnswer> {
    return this.#call(async (live) => {
      const rows = await this.#rows(live, applicant);
      const application = applicationOf(rows);
      const other = changedRows(rows, changes, live.model.features);
      const looked = await this.#look(live, applicant);
      const row = canonicalRow(await this.#workers.features(live.key, other));
      return {
        before: await this.#score(live, looked, true),
        after: await this.#score(live, { id: null, row }, true),
        changed: CHANGEABLE_FIELDS.flatMap((field) => {
          const [from, to] = [application[field], changes[field]];
          return to === undefined || to === from ? [] : [{ field, from: typeof from === 'number' ? from : null, to }];
        }),
        moved: movedFeatures(live.model, looked.row, row),
        fields: fieldRanges(rows, live.population?.record.ranges ?? []),
      };
    });
  }

  fields(applicant: Applicant): Promise<readonly FieldRange[]> {
    return this.#call(async (live) => fieldRanges(await this.#rows(live, applicant), live.population?.record.ranges ?? []));
  }

  counterfactuals(applicant: Applicant): Promise<CounterfactualAnswer> {
    return this.#call(async (live) => {
      const rows = await this.#rows(live, applicant);
      const looked = await this.#look(live, applicant);
      const score = await this.#score(live, looked, true);
      const locked = {
        en: 'Income, the person, earlier credits and the kind of contract stay as they are.',
        fr: 'Les revenus, la personne, les crédits antérieurs et le type de contrat restent inchangés.',
      };
      const { value } = score.probabilityOfDefault;
      if (score.decision === 'grant') {
        const words = { en: 'The application is accepted as it stands.', fr: 'La demande est acceptée telle quelle.' };
        return { score, tried: 0, found: null, lowest: value, words, locked };
      }
      const application = applicationOf(rows);
      if (typeof application['AMT_CREDIT'] !== 'number') {
        const words = {
          en: 'The form names no amount, so no other can be tried.',
          fr: 'Le formulaire n’indique pas de montant : aucun autre ne peut être essayé.',
        };
        return { score, tried: 0, found: null, lowest: value, words, locked };
      }
      const ranges = rangesOf(application, live.population?.record.ranges ?? []);
      const answer = await this.#workers.counterfactual({ model: featureModelOf(live.model), rows, row: looked.row, ranges });
      const { found, tried, lowest } = answer;
      if (found === null) return { score, tried, found: null, lowest, words: counterfactualWords(answer), locked };
      const changes = changesOf(answer.asked, found.terms);
      // Scored once more on the path that scores everybody: what is promised here holds there.
      const row = canonicalRow(await this.#workers.features(live.key, changedRows(rows, changes, live.model.features)));
      const after = await this.#score(live, { id: null, row }, true);
      if (after.decision !== 'grant')
        throw new SluiceError('INTERNAL', 'a loan that was found to be granted is refused when it is asked for');
      return { score, tried, found: { changes, after, effort: found.effort }, lowest, words: counterfactualWords(answer), locked };
    });
  }

  similar(applicant: Applicant, count: number): Promise<SimilarAnswer> {
    return this.#call(async (live) => {
      const population = populationOf(live);
      const looked = await this.#look(live, applicant);
      const { concepts } = population.record;
      if (concepts.length === 0)
        throw new SluiceError('ARTIFACT_MISSING', 'this model has no exact contributions to tell similar applicants by', {
          hint: 'Promote a model with contributions: trees, a logistic regression or a scorecard.',
        });
      const contributions = await this.#contributions(live, looked);
      const sums = conceptSums(live.model, contributions.values, concepts);
      const nearest = population.nearest(sums, Math.min(100, Math.max(1, Math.trunc(count))), looked.id);
      return { score: await this.#score(live, { ...looked, contributions }, true), ...similarOf(population, nearest, live.words) };
    });
  }

  population(applicant: Applicant, feature?: string): Promise<PopulationAnswer> {
    return this.#call(async (live) => {
      const population = populationOf(live);
      const looked = await this.#look(live, applicant);
      const score = await this.#score(live, looked, true);
      const { outcomes } = population;
      const facts = { score, population: populationFacts(population) };
      if (feature === undefined) {
        const label = { en: 'Probability of default', fr: 'Probabilité de défaut' };
        const { value } = score.probabilityOfDefault;
        return { ...facts, standing: standingOf({ feature: null, label, value, values: population.calibrated, outcomes }) };
      }
      const { column, label } = featureOf(live, feature);
      const own = looked.row[column] ?? Number.NaN;
      const value = Number.isNaN(own) ? null : own;
      return { ...facts, standing: standingOf({ feature, label, value, values: population.column(column), outcomes }) };
    });
  }

  bivariate(applicant: Applicant, { x, y }: { readonly x: string; readonly y: string }): Promise<BivariateAnswer> {
    return this.#call(async (live) => {
      const population = populationOf(live);
      const { row } = await this.#look(live, applicant);
      return bivariateOf(population, { x: { feature: x, ...featureOf(live, x) }, y: { feature: y, ...featureOf(live, y) } }, row);
    });
  }

  inputs(applicant: Applicant): Promise<ScoringInputs> {
    return this.#call(async (live) => {
      const rows = await this.#rows(live, applicant);
      const { id, row } = await this.#look(live, applicant);
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
      const rows = await this.#rows(live, applicant);
      const id = 'id' in applicant ? applicant.id : null;
      const past = await this.#models.past(model);
      return await past.use(async (old) => {
        const row = canonicalRow(await this.#workers.features(old.key, rows));
        return await this.#score(old, { id, row }, true);
      });
    });
  }

  async applicants(query: {
    readonly prefix?: string;
    readonly after?: number;
    readonly limit: number;
  }): Promise<{ readonly ids: readonly number[]; readonly total: number }> {
    return this.#models.champion.index?.list(query) ?? { ids: [], total: 0 };
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

  status(): ScorerStatus {
    const { champion, challenger } = this.#models;
    const { index, population } = champion;
    return {
      champion: champion.model.identity,
      ...this.#models.state,
      challenger: challenger?.model.identity ?? null,
      scored: this.#scored,
      explained: this.#explained,
      waiting: this.#workers.waiting,
      shadow: this.#shadow.counts,
      book: index === null ? null : { applicants: index.ids.length },
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

  /** The model's input: read where somebody of the book is asked about and the index is there, made of raw rows otherwise. */
  async #look(live: LiveModel, applicant: Applicant): Promise<Looked> {
    if ('rows' in applicant) return { id: null, row: canonicalRow(await this.#workers.features(live.key, oneApplicant(applicant.rows))) };
    const { id } = applicant;
    const found = live.index?.row(id) ?? null;
    if (found !== null) return { id, row: canonicalRow(found) };
    return { id, row: canonicalRow(await this.#workers.features(live.key, await this.#rows(live, applicant))) };
  }

  /** Raw rows, without the outcome where it is known: that is none of a score's business. */
  async #rows(live: LiveModel, applicant: Applicant): Promise<RawRows> {
    if ('rows' in applicant) return oneApplicant(applicant.rows);
    const { id } = applicant;
    const missing = live.index !== null && live.index.row(id) === null;
    const rows = missing ? {} : await this.#workers.rows(id);
    if ((rows.application_train ?? []).length + (rows.application_test ?? []).length === 0)
      throw new SluiceError('APPLICANT_UNKNOWN', `applicant ${id} is not in the book`, {
        hint: 'Look the id up in the list of applicants, or hand in raw rows.',
        data: { id },
      });
    const { application_train: train = [], ...others } = oneApplicant(rows);
    return { ...others, ...(train.length > 0 && { application_train: train.map(({ TARGET: _outcome, ...form }) => form) }) };
  }

  async #score(live: LiveModel, looked: Looked, reasons: boolean): Promise<ScoreAnswer> {
    const { id, row } = looked;
    const { margin, calibrated } = await this.#workers.score(live.key, row);
    this.#scored += 1;
    const wanted = reasons && live.model.reasons !== null && live.explainer.kind === 'exact' && live.words.refuses(calibrated);
    const contributions = wanted ? (looked.contributions ?? (await this.#contributions(live, looked))).values : null;
    return live.words.answer({ applicantId: id, row, margin, calibrated }, contributions);
  }

  /** Of somebody of the book they are kept: the same model says the same again. */
  async #contributions(live: LiveModel, { id, row }: Looked): Promise<RowContributions> {
    const known = id === null ? undefined : live.remembered(id);
    if (known !== undefined) return known;
    const made = await this.#workers.explain(live.key, row);
    if (id !== null) live.remember(id, made);
    return made;
  }

  #compare(applicant: Applicant, { probabilityOfDefault, decision }: ScoreAnswer): void {
    const { challenger } = this.#models;
    if (challenger === null) return;
    this.#shadow.compare({ probability: probabilityOfDefault.value, refuses: decision === 'refuse' }, () =>
      challenger.use(async (live) => {
        const rows = await this.#rows(this.#models.champion, applicant);
        const { calibrated } = await this.#workers.score(live.key, canonicalRow(await this.#workers.features(live.key, rows)));
        return { probability: calibrated, refuses: live.words.refuses(calibrated) };
      }),
    );
  }
}

function populationOf(live: LiveModel) {
  if (live.population !== null) return live.population;
  throw new SluiceError('ARTIFACT_MISSING', 'there is no population to compare applicants with yet', {
    hint: 'It is made when serving starts, from the store’s last holdout: wait for it, or run the pipeline with `make run`.',
  });
}

function featureOf({ model }: LiveModel, feature: string) {
  const column = model.features.indexOf(feature);
  const entry = model.entries[column];
  if (entry === undefined)
    throw new SluiceError('DATA_BAD_VALUE', `the model has no feature "${feature}".${didYouMean(feature, model.features)}`, {
      hint: 'Name a feature that the model reads: the list of features has them all.',
      data: { field: 'feature', value: feature },
    });
  return { column, label: { en: entry.en, fr: entry.fr } };
}

function changesOf(asked: LoanTerms, terms: LoanTerms): Changes {
  return {
    ...(terms.credit !== asked.credit && { AMT_CREDIT: terms.credit }),
    ...(terms.annuity !== null && terms.annuity !== asked.annuity && { AMT_ANNUITY: terms.annuity }),
    ...(terms.goods !== null && terms.goods !== asked.goods && { AMT_GOODS_PRICE: terms.goods }),
  };
}
