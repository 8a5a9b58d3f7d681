import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { TableName } from '../../stages/tables/table-names.ts';

/** Which registered model gave an answer. */
export interface ModelIdentity {
  /** As registered, `credit-scoring`. */
  readonly name: string;
  /** Of the registry, such as "7". */
  readonly version: string;
  /** Of the model's file. With the registered version it fixes calibration and threshold too. */
  readonly sha256: string;
}

/** The one probability that is shown anywhere: calibrated, of default within the term. */
export interface ProbabilityOfDefault {
  readonly value: number;
  /** 95 % band of what was observed among holdout clients with a like probability (Wilson); null where the model has no record of it. */
  readonly low: number | null;
  readonly high: number | null;
  /** What the band says, or why there is none. */
  readonly note: Sentence;
}

export interface Threshold {
  /** Refused from here on. */
  readonly value: number;
  readonly costs: {
    /** Of a loan granted that defaults, and of a payer refused, in the config's unit. */
    readonly falseNegative: number;
    readonly falsePositive: number;
  };
  /** Why it stands there, in terms of money. */
  readonly why: Sentence;
}

/** A principal reason of a refusal. Prohibited attributes are never one. */
export interface Reason extends Sentence {
  /** Stable: letters and archives quote it. */
  readonly code: string;
  /** What its features together add to the log-odds of default beyond those of granted applicants; above 0. */
  readonly contribution: number;
}

/** Something that an officer should know of this applicant's data. */
export interface DataIssue extends Sentence {
  /**
   * set-aside: rows of a raw table could not be read, and are not counted; unclaimed: nor could it be read whose they are; missing-table: no
   * rows in a raw table; unknown: an important feature has no value; out-of-range: beyond what the model has seen (the middle 99.8 of 100
   * holdout clients).
   */
  readonly issue: 'set-aside' | 'unclaimed' | 'missing-table' | 'unknown' | 'out-of-range';
  readonly table: TableName;
  /** The feature; null for a table. */
  readonly feature: string | null;
}

export interface ScoreAnswer {
  /** SK_ID_CURR of somebody of the book; null of raw rows. */
  readonly applicantId: number | null;
  readonly model: ModelIdentity;
  readonly probabilityOfDefault: ProbabilityOfDefault;
  readonly threshold: Threshold;
  /** refuse where the probability is at or above the threshold. */
  readonly decision: 'grant' | 'refuse';
  /** What either decision costs on average: p · cost of a default, (1 − p) · cost of a payer refused. */
  readonly expectedCost: { readonly grant: number; readonly refuse: number };
  /** Of a refusal at most four, largest first. Empty for a grant, where they were not asked for, or where the model has none. */
  readonly reasons: readonly Reason[];
  /** sha256 of the model's input: its features as Float32, little-endian, in the model's order; NaN, the unknown, as 0x7fc00000. */
  readonly featureDigest: string;
  readonly dataQuality: readonly DataIssue[];
  /** The model's margin: log-odds before calibration, as Float32. */
  readonly logOdds: number;
}
