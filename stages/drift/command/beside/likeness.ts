import { domainClassifier, type DomainResult } from '../../joint/domain-classifier.ts';
import { densityRatio } from '../../estimate/effective-sample-size.ts';
import { estimateByLikeness, isEstimable, type LikenessEstimate, type OutcomeToEstimate } from '../../outlook/estimate-outcome.ts';
import { ENOUGH_ROWS, placesOf } from '../../outlook/every-few-rows.ts';
import type { DomainToTell } from '../../outlook/tell-apart.ts';

/** What takes as long as all else that follows from scores: plain data for a thread. */
export interface LikenessAsked {
  readonly domain: DomainToTell;
  /** Rows of the whole reference, of which the classifier sees {@link ENOUGH_ROWS}. */
  readonly rows: number;
  /** Null where no outcome is known. */
  readonly outcome: OutcomeToEstimate | null;
  /** Each labelled row's place in the reference. */
  readonly at: Uint32Array | null;
}

export interface LikenessAnswer {
  readonly domain: DomainResult;
  readonly estimate: LikenessEstimate | null;
}

/** Tells the parts apart, and estimates by how like the current rows each labelled one is; a row that the classifier did not see weighs nothing. */
export function answerLikeness({ domain: asked, rows, outcome, at }: LikenessAsked): LikenessAnswer {
  const domain = domainClassifier(asked.parts, asked.options);
  if (outcome === null || at === null || !isEstimable(outcome)) return { domain, estimate: null };
  const { reference, current } = asked.parts;
  const weights = densityRatio(domain.referenceProbability, { reference: reference.rows, current: current.rows });
  const whole = new Float64Array(rows);
  placesOf(rows, ENOUGH_ROWS).forEach((row, seen) => (whole[row] = weights[seen] ?? 0));
  const weight = Float64Array.from(at, (row) => whole[row] ?? 0);
  return { domain, estimate: estimateByLikeness({ ...outcome, labelled: { ...outcome.labelled, weight } }) };
}
