import { isSluiceError } from '../../pipeline/index.ts';
import type { ScoreAnswer } from '../scorer/score-answer.ts';
import type { Scoring } from '../scorer/scoring.ts';
import type { LoggedDecision } from './decision-entry.ts';

export type Replay =
  | { readonly outcome: 'same' }
  /** What came out otherwise, by name, as it was logged and as it is now. */
  | {
      readonly outcome: 'different';
      readonly differences: readonly { readonly what: string; readonly logged: unknown; readonly now: unknown }[];
    }
  /** Its model is not kept here any more. */
  | { readonly outcome: 'unavailable'; readonly why: string };

/**
 * Scores a past decision's raw rows by the model that scored them then. Same means same to the bit: the feature row, the margin, the calibrated
 * probability, the threshold, the decision and the reasons. The band beside the probability is no score: it is what was observed among the clients
 * who were known then, and stands in the entry, whose hash covers it.
 */
export async function replay(scoring: Pick<Scoring, 'scoreWith'>, logged: LoggedDecision): Promise<Replay> {
  let now: ScoreAnswer;
  try {
    now = await scoring.scoreWith(logged.model, { rows: logged.inputs });
  } catch (error) {
    if (isSluiceError(error) && error.code === 'ARTIFACT_MISSING') return { outcome: 'unavailable', why: error.message };
    throw error;
  }
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['model', logged.model.sha256, now.model.sha256],
    ['featureDigest', logged.featureDigest, now.featureDigest],
    ['logOdds', logged.logOdds, now.logOdds],
    ['probabilityOfDefault', logged.probabilityOfDefault.value, now.probabilityOfDefault.value],
    ['threshold', logged.threshold.value, now.threshold.value],
    ['decision', logged.modelDecision, now.decision],
    ['reasons', reasonsOf(logged), reasonsOf(now)],
  ];
  // JSON writes a number as the shortest text that gives its very bits back.
  const differences = pairs
    .filter(([, before, after]) => JSON.stringify(before) !== JSON.stringify(after))
    .map(([what, before, after]) => ({ what, logged: before, now: after }));
  return differences.length === 0 ? { outcome: 'same' } : { outcome: 'different', differences };
}

function reasonsOf({ reasons }: Pick<ScoreAnswer, 'reasons'>): readonly unknown[] {
  return reasons.map(({ code, contribution }) => [code, contribution]);
}
