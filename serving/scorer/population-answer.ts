import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { ScoreAnswer } from './score-answer.ts';

/** A share with its 95 % interval (Wilson) and what it is a share of. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

export interface SimilarClient {
  readonly id: number;
  /** Euclidean, between contributions by concept, in log-odds. */
  readonly distance: number;
  readonly probabilityOfDefault: number;
  readonly decision: 'grant' | 'refuse';
  readonly outcome: 'repaid' | 'defaulted';
}

/** Clients whom the model judges for like reasons, out of those whose outcome is known and whom it was not trained on. */
export interface SimilarAnswer {
  readonly score: ScoreAnswer;
  readonly clients: readonly SimilarClient[];
  readonly observedDefaultRate: Share;
  readonly population: PopulationFacts;
}

/** Whom applicants are compared with: holdout clients of the run that made the model, so that no outcome is one that it learnt. */
export interface PopulationFacts {
  readonly clients: number;
  readonly defaultRate: number;
  readonly note: Sentence;
}

/** A histogram split by outcome; `counts.length` is `edges.length − 1`. */
export interface OutcomeHistogram {
  readonly edges: readonly number[];
  readonly repaid: readonly number[];
  readonly defaulted: readonly number[];
  /** Clients without a value. */
  readonly unknown: { readonly repaid: number; readonly defaulted: number };
}

/** Where an applicant stands on one quantity. */
export interface Standing {
  /** A feature's name, or null for the probability of default. */
  readonly feature: string | null;
  readonly label: Sentence;
  /** Null where unknown. */
  readonly value: number | null;
  /** Share of the population below, half of the equal ones counted in; null where unknown. */
  readonly percentile: number | null;
  readonly median: { readonly all: number | null; readonly repaid: number | null; readonly defaulted: number | null };
  readonly histogram: OutcomeHistogram;
}

export interface PopulationAnswer {
  readonly score: ScoreAnswer;
  readonly population: PopulationFacts;
  readonly standing: Standing;
}

/** Two features of a sample of the population, with the applicant's own point. */
export interface BivariateAnswer {
  readonly population: PopulationFacts;
  readonly x: { readonly feature: string; readonly label: Sentence };
  readonly y: { readonly feature: string; readonly label: Sentence };
  readonly points: readonly { readonly x: number; readonly y: number; readonly outcome: 'repaid' | 'defaulted' }[];
  /** Null where either is unknown. */
  readonly applicant: { readonly x: number; readonly y: number } | null;
  /** Clients of the sample of whom either is unknown. */
  readonly leftOut: number;
}
