import { SluiceError } from '../../pipeline/index.ts';
import type { Counterfactual } from '../../stages/explanations/counterfactual/find-counterfactuals.ts';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import type { RowContributions } from './answers/explanation.ts';
import type { Applicant } from './applicant.ts';
import { canonicalRow } from './feature-digest.ts';
import type { LiveModel } from './live-model.ts';
import { oneApplicant } from './raw-rows.ts';
import type { ScoreAnswer } from './score-answer.ts';
import { featureModelOf } from './served-model.ts';
import type { DuckDbRequests } from './worker/duckdb-requests.ts';
import type { ScoredNumbers, Workers } from './worker/workers.ts';

/** Somebody's input of a model, with what was looked up on the way. */
export interface Looked {
  readonly id: number | null;
  readonly row: Float32Array;
  /** Where they were needed before. */
  readonly contributions?: RowContributions;
}

/** What answers are made of: an applicant's raw rows, a model's input of them, its score and its contributions. */
export class ScoringSteps {
  readonly #workers: Workers;
  #scored = 0;

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  /** Answers with a score since start. */
  get scored(): number {
    return this.#scored;
  }

  /** Raw rows, without the outcome where it is known: that is none of a score's business. */
  async rows(live: LiveModel, applicant: Applicant): Promise<RawRows> {
    if ('rows' in applicant) return oneApplicant(applicant.rows);
    const { id } = applicant;
    const missing = live.index !== null && live.index.row(id) === null;
    const rows = missing ? {} : (live.book?.rows(id) ?? {});
    if ((rows.application_train ?? []).length + (rows.application_test ?? []).length === 0) {
      live.requireRows();
      throw new SluiceError('APPLICANT_UNKNOWN', `applicant ${id} is not in the book`, {
        hint: 'Look the id up in the list of applicants, or hand in raw rows.',
        data: { id },
      });
    }
    const { application_train: train = [], ...others } = oneApplicant(rows);
    return { ...others, ...(train.length > 0 && { application_train: train.map(({ TARGET: _outcome, ...form }) => form) }) };
  }

  /** The model's input: read where somebody of the book is asked about and the index is there, made of raw rows otherwise. */
  async look(live: LiveModel, applicant: Applicant): Promise<Looked> {
    const id = 'id' in applicant ? applicant.id : null;
    const found = id === null ? null : (live.index?.row(id) ?? null);
    return { id, row: found === null ? await this.input(live, await this.rows(live, applicant)) : canonicalRow(found) };
  }

  /** The model's input, made of raw rows. */
  async input(live: LiveModel, rows: RawRows): Promise<Float32Array> {
    return canonicalRow(await this.#workers.features(featureModelOf(live.model), rows));
  }

  async score(live: LiveModel, looked: Looked, reasons: boolean): Promise<ScoreAnswer> {
    const { id, row } = looked;
    // Contributions come with the score that they add up to: the same model's of the same row.
    const { margin, calibrated } = looked.contributions ?? (await this.numbers(live, row));
    this.#scored += 1;
    const wanted = reasons && live.model.reasons !== null && live.explainer.kind === 'exact' && live.words.refuses(calibrated);
    const contributions = wanted ? (looked.contributions ?? (await this.contributions(live, looked))).values : null;
    return live.words.answer({ applicantId: id, row, margin, calibrated }, contributions);
  }

  /** A score without its words, which `scored` does not count. */
  numbers(live: LiveModel, row: Float32Array): Promise<ScoredNumbers> {
    return this.#workers.score(live.key, row);
  }

  /** Of somebody of the book they are kept: the same model says the same again. */
  async contributions(live: LiveModel, { id, row }: Looked): Promise<RowContributions> {
    const known = id === null ? undefined : live.remembered(id);
    if (known !== undefined) return known;
    const made = await this.#workers.explain(live.key, row);
    if (id !== null) live.remember(id, made);
    return made;
  }

  /** The loan with the least change that the model grants. */
  otherLoan(live: LiveModel, asked: Omit<DuckDbRequests['counterfactual']['ask'], 'model'>): Promise<Counterfactual> {
    return this.#workers.counterfactual({ model: featureModelOf(live.model), ...asked });
  }
}
