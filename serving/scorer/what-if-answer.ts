import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { ScoreAnswer } from './score-answer.ts';

/** What an applicant can ask for otherwise. All else of the form, and all history, is immutable; features are derived, never set. */
export const CHANGEABLE_FIELDS = ['AMT_CREDIT', 'AMT_ANNUITY', 'AMT_GOODS_PRICE'] as const;
export type ChangeableField = (typeof CHANGEABLE_FIELDS)[number];
export type Changes = Readonly<Partial<Record<ChangeableField, number>>>;

/** A slider: what the applicant asked for and what is usual for the kind of contract. */
export interface FieldRange {
  readonly field: ChangeableField;
  /** Null where the form leaves it open. */
  readonly current: number | null;
  /** Of the middle 98 of 100 development applications of the same kind, widened to hold `current`. */
  readonly low: number;
  readonly high: number;
  readonly label: Sentence;
}

export interface WhatIfAnswer {
  readonly before: ScoreAnswer;
  /** Scored anew from the changed raw rows: the same features, model and calibration. */
  readonly after: ScoreAnswer;
  readonly changed: readonly { readonly field: ChangeableField; readonly from: number | null; readonly to: number }[];
  /** Features of the model that moved with it: the derived ratios. */
  readonly moved: readonly {
    readonly feature: string;
    readonly from: number | null;
    readonly to: number | null;
    readonly description: Sentence;
  }[];
  readonly fields: readonly FieldRange[];
}

/** The smallest change of the loan that the model grants. */
export interface CounterfactualAnswer {
  readonly score: ScoreAnswer;
  /** Variants of the loan that were scored by the real model. */
  readonly tried: number;
  /** Null where the applicant is granted already, or nothing tried is granted. */
  readonly found: {
    readonly changes: Changes;
    readonly after: ScoreAnswer;
    /** |ln of the change| of amount and length, and half that of the price. */
    readonly effort: number;
  } | null;
  /** The lowest probability of default of all that was tried. */
  readonly lowest: number;
  /** For the applicant, true in every case. */
  readonly words: Sentence;
  /** What stayed as it is. */
  readonly locked: Sentence;
}
