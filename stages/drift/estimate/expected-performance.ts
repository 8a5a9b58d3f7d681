import type { Costs } from '../../metrics/cost.ts';
import { isAscending } from '../../metrics/ranked-counts.ts';
import { rowNumbers, rowsByValue } from '../../metrics/row-order.ts';

/** Scored applicants whose outcome is not known. All arrays have one entry a row. */
export interface Scored {
  /** The model's own score, which ranks them. */
  readonly score: ArrayLike<number>;
  /** Calibrated probability of default. */
  readonly probability: ArrayLike<number>;
  /** Whether the loan is refused. */
  readonly refused: ArrayLike<boolean | number>;
}

/** Figures that a population has, known or expected; NaN where there is nobody to have them. */
export interface Performance {
  readonly auc: number;
  readonly averagePrecision: number;
  /** Of the refused, the share that would have defaulted. */
  readonly precision: number;
  /** Of those who (would) default, the share refused. */
  readonly recall: number;
  readonly f1: number;
  readonly defaultRate: number;
  readonly costPerLoan: number;
}

export interface ExpectedCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Expected confusion of decisions: each row counts p as a defaulter and 1 − p as a payer. */
export function expectedCounts({ probability, refused }: Omit<Scored, 'score'>): ExpectedCounts {
  const { tp, fp, fn, tn } = walk(rankedRows({ score: probability, refused }, rowNumbers(probability.length)), probability);
  return { tp, fp, fn, tn };
}

/** Rows in descending order of score, of equal ones by row: {@link expectedPerformance} of many outcomes needs it once. */
export function rankOf(score: ArrayLike<number>): Uint32Array {
  return isAscending(score) ? descending(score, rowNumbers(score.length)) : rowsByValue(score, 'descending');
}

/** Of scores that ascend, the rows turned round; equal ones stay in the order of rows. */
function descending(score: ArrayLike<number>, rows: Uint32Array): Uint32Array {
  rows.reverse();
  for (let from = 0; from < rows.length;) {
    const to = endOfTies(score, rows, from);
    if (to - from > 1) rows.subarray(from, to).reverse();
    from = to;
  }
  return rows;
}

function endOfTies(score: ArrayLike<number>, order: Uint32Array, from: number): number {
  const value = score[order[from] ?? 0];
  let to = from + 1;
  while (to < order.length && score[order[to] ?? 0] === value) to++;
  return to;
}

/** Decisions on rows by descending score, whatever the outcomes. */
export interface RankedRows {
  readonly order: Uint32Array;
  /** Place in `order` after the last row of each group of equal scores. */
  readonly ends: Uint32Array;
  /** 1 for refused, one a place. */
  readonly refused: Uint8Array;
}

/** @param order rows by descending score: all of them, or those of a population */
export function rankedRows({ score, refused }: Pick<Scored, 'score' | 'refused'>, order = rankOf(score)): RankedRows {
  const [ends, decided] = [new Uint32Array(order.length), new Uint8Array(order.length)];
  let groups = 0;
  for (let from = 0; from < order.length;) from = ends[groups++] = endOfTies(score, order, from);
  for (let at = 0; at < order.length; at++) decided[at] = refused[order[at] ?? 0] ? 1 : 0;
  return { order, ends: ends.slice(0, groups), refused: decided };
}

/**
 * Performance before outcomes are known (confidence-based, as NannyML's CBPE): the figures of the expected confusion, and the curves
 * in which each row counts p as a defaulter. With probabilities of 0 and 1 it is the realised performance. It holds while the
 * probabilities do: under another mix of applicants, not where the same applicants have come to default otherwise.
 * Cost: falseNegative for a default granted, falsePositive for a payer refused, over all rows.
 * @param order rows by descending score: all of them, or those of a population
 */
export function expectedPerformance(scored: Scored, costs: Costs, order = rankOf(scored.score)): Performance {
  return performanceOf(rankedRows(scored, order), scored.probability, costs);
}

/** The same of rows ranked before. @param probability one a row, not a place */
export function performanceOf(ranked: RankedRows, probability: ArrayLike<number>, costs: Costs): Performance {
  return figuresOf(walk(ranked, probability), costs);
}

type CountsAndCurves = ExpectedCounts & Pick<Performance, 'auc' | 'averagePrecision'>;

/** What follows from counts. */
export function figuresOf({ tp, fp, fn, tn, ...curves }: CountsAndCurves, costs: Costs): Performance {
  const rows = tp + fp + fn + tn;
  return {
    ...curves,
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: tp / (tp + (fp + fn) / 2),
    defaultRate: (tp + fn) / rows,
    costPerLoan: (costs.falseNegative * fn + costs.falsePositive * fp) / rows,
  };
}

/** Counts and curves in one pass: AUC with half a win for a tie; average precision by steps over distinct scores. */
function walk({ order, ends, refused }: RankedRows, probability: ArrayLike<number>): CountsAndCurves {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  let [bad, good, area, precisionSum, at] = [0, 0, 0, 0, 0];
  for (let group = 0; group < ends.length; group++) {
    const end = ends[group] ?? 0;
    let [badHere, goodHere] = [0, 0];
    for (; at < end; at++) {
      const p = probability[order[at] ?? 0] ?? Number.NaN;
      badHere += p;
      goodHere += 1 - p;
      if (refused[at] === 1) {
        tp += p;
        fp += 1 - p;
      } else {
        fn += p;
        tn += 1 - p;
      }
    }
    area += goodHere * (bad + badHere / 2);
    bad += badHere;
    good += goodHere;
    precisionSum += badHere * (bad / (bad + good));
  }
  const auc = bad > 0 && good > 0 ? area / (bad * good) : Number.NaN;
  return { tp, fp, fn, tn, auc, averagePrecision: precisionSum / bad };
}
