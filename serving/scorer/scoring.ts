import type { RawRows } from '../../stages/features/raw-columns.ts';
import type { ApplicantList, ListQuery } from '../book/listing.ts';
import type { Applicant } from './applicant.ts';
import type { ExplainAnswer } from './explain-answer.ts';
import type { FeatureDescription, ModelOverview, ScorerStatus } from './model-overview.ts';
import type { BivariateAnswer, OutcomeHistogram, PopulationAnswer, SimilarAnswer } from './population-answer.ts';
import type { ModelIdentity, ScoreAnswer } from './score-answer.ts';
import type { Changes, CounterfactualAnswer, FieldRange, WhatIfAnswer } from './what-if-answer.ts';

/** What a decision rests on, for a log that can be replayed. */
export interface ScoringInputs {
  readonly applicantId: number | null;
  readonly rows: RawRows;
  /** The model's features by name; null where unknown. Exactly the Float32 values. */
  readonly features: Readonly<Record<string, number | null>>;
  readonly featureDigest: string;
}

export interface ScoreOptions {
  /** False spares the contributions of a refusal: `reasons` is then empty. True by default. */
  readonly reasons?: boolean;
}

/**
 * All that serving does with the champion; `Scorer.open` gives one. Calls may be made at once, as many as one likes: they are batched, and
 * explanations do not hold up scores. A call keeps the model that it started with, whatever is promoted meanwhile.
 *
 * Every call that takes an applicant throws SluiceError
 * - APPLICANT_UNKNOWN for an id that is not in the book (or where there is no book), BOOK_PREPARING for any id while the book is made,
 * - DATA_BAD_VALUE for a table, column or value that the raw tables do not have (`data`: table, column, row, value), DATA_MISSING_TABLE
 *   without an application row, DATA_DUPLICATE_KEY for more than one,
 * - SERVING_BUSY when too many calls wait already: try again later,
 * - SERVING_CLOSED after `close`.
 */
export interface Scoring {
  score(applicant: Applicant, options?: ScoreOptions): Promise<ScoreAnswer>;
  explain(applicant: Applicant): Promise<ExplainAnswer>;
  /** @throws SluiceError DATA_BAD_VALUE for a field that is immutable, derived, unknown or not a positive number (`data.field`) */
  whatIf(applicant: Applicant, changes: Changes): Promise<WhatIfAnswer>;
  /** What can be changed, from where to where. */
  fields(applicant: Applicant): Promise<readonly FieldRange[]>;
  counterfactuals(applicant: Applicant): Promise<CounterfactualAnswer>;
  /** @param count 1 to 100. @throws SluiceError BOOK_PREPARING, ARTIFACT_MISSING without a population or contributions */
  similar(applicant: Applicant, count: number): Promise<SimilarAnswer>;
  /** @param feature of the model; the probability of default where left out. @throws SluiceError BOOK_PREPARING, ARTIFACT_MISSING without a population, DATA_BAD_VALUE for another feature */
  population(applicant: Applicant, feature?: string): Promise<PopulationAnswer>;
  /** @throws SluiceError as `population` */
  bivariate(applicant: Applicant, axes: { readonly x: string; readonly y: string }): Promise<BivariateAnswer>;

  /** The raw rows and features that a score of this applicant rests on. */
  inputs(applicant: Applicant): Promise<ScoringInputs>;
  /** Scores by a model that was a champion here before, bit for bit. @throws SluiceError ARTIFACT_MISSING for a model that is not kept */
  scoreWith(model: Pick<ModelIdentity, 'version' | 'sha256'>, applicant: Applicant): Promise<ScoreAnswer>;

  /** The book, searched, sorted, page by page. @throws SluiceError BOOK_PREPARING, ARTIFACT_MISSING without a book, DATA_BAD_VALUE for an `after` of nobody */
  applicants(query: ListQuery): Promise<ApplicantList>;
  features(): readonly FeatureDescription[];
  overview(): ModelOverview;
  /** How the champion's probabilities of default are spread over its population; null without one, or until it is prepared. */
  scoreHistogram(): OutcomeHistogram | null;
  status(): ScorerStatus;
  /** Asks the registry now, instead of when the watcher would. Resolves when a new champion, if any, decides. */
  refresh(): Promise<void>;
  /** Waits for calls that are under way, then frees everything. */
  close(): Promise<void>;
}
