import type { Confusion } from './confusion.ts';

/** Scores of a table of decisions. 0 where a ratio has nobody below its line, as scikit-learn with zero_division 0. */
export interface ConfusionScores {
  /** Defaulters among the refused. */
  readonly precision: number;
  /** Refused among the defaulters. */
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
  /** Mean recall of the classes that are there. */
  readonly balancedAccuracy: number;
  /** Matthews' correlation of decision and outcome. */
  readonly mcc: number;
}

export function confusionScores({ tn, fp, fn, tp }: Confusion): ConfusionScores {
  const recalls = [tp + fn > 0 ? tp / (tp + fn) : null, tn + fp > 0 ? tn / (tn + fp) : null].filter((recall) => recall !== null);
  return {
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: fBeta({ tn, fp, fn, tp }, 1),
    accuracy: share(tp + tn, tp + tn + fp + fn),
    balancedAccuracy: share(
      recalls.reduce((sum, recall) => sum + recall, 0),
      recalls.length,
    ),
    mcc: share(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn))),
  };
}

/** F-score in which recall counts β times as much as precision. */
export function fBeta({ fp, fn, tp }: Confusion, beta: number): number {
  const square = beta * beta;
  return share((1 + square) * tp, (1 + square) * tp + square * fn + fp);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
