import { didYouMean, type DuckDb, SluiceError } from '../../../../pipeline/index.ts';
import type { CalibrationMethod } from '../../../calibrate/fit-calibrator.ts';
import { compareScores } from '../../compare-scores.ts';
import type { OutOfFold } from '../../estimate/estimate-performance.ts';
import { estimateOutcome } from '../../outlook/estimate-outcome.ts';
import { profiledLabelled, profiledScores } from '../../profile/read-profile.ts';
import { realisedPerformance } from '../../realised/realised-performance.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../scan/scan-column.ts';
import { isNumber } from '../is-number.ts';
import type { OpenedPart } from '../open-part.ts';
import { labelledRows, readLabels, scoreOrder, targetColumn } from './labels.ts';
import type { ScoreOptions } from './score-parts.ts';
import { scoreSegments } from './score-segments.ts';
import { nothingToScore, notScored, type ScoredParts, type ScoredSoFar, type Scoring } from './scored-parts.ts';

/** Isotonic calibration needs as many labelled rows, and as many defaulters, as this; Platt's two numbers need fewer. */
const [ISOTONIC_ROWS, ISOTONIC_DEFAULTS] = [2000, 100];

/** A column of both parts holds a probability: it decides, and where labels stand beside it in the reference, the cost is estimated. */
export function scoreColumn(db: DuckDb, column: string, options: ScoreOptions): Scoring {
  const { reference, current } = options.parts;
  requireScore(column, reference);
  const threshold = options.policy.threshold ?? null;
  // Gone or of another type in the batch: then the contract is broken, and the column is told among the others.
  if (!isNumber(current.columns[column] ?? '')) return nothingToScore(`${current.name} has no number in column ${column}`, { threshold });
  return { columns: [column], categories: {}, score: () => scoresOf(db, column, options) };
}

async function scoresOf(db: DuckDb, column: string, options: ScoreOptions): Promise<ScoredSoFar> {
  const { parts, policy } = options;
  const { reference, current } = parts;
  const threshold = policy.threshold ?? null;
  const labels = targetColumn(options);
  const after = await readLabels(db, { view: CURRENT_ROWS, part: current, score: column, target: labels });
  const before =
    reference.form === 'profile'
      ? { probability: await profiledScores(db), labelled: await profiledLabelled(db) }
      : await referenceScores(db, reference, { score: column, target: labels });
  const score = compareScores(
    { probability: before.probability, calibrated: Float64Array.from(before.probability) },
    { probability: after.probability, calibrated: after.probability },
    threshold,
  );
  const grouped = await scoreSegments(db, options, {
    reference: before.probability,
    current: after.probability,
    order: scoreOrder(column),
    calibrated: (probability) => probability,
    threshold,
  });
  const known = { score, threshold, reference: { ...before, segments: grouped.rows }, segments: grouped.segments };
  const without = (reason: string): ScoredParts => ({
    ...notScored('the files hold a score, not a model', known),
    unknown: { ...notScored('the files hold a score, not a model').unknown, score: '', estimate: reason, segments: grouped.reason ?? '' },
  });
  if (threshold === null) return without('the policy names no threshold');
  if (before.labelled === null) return without(`${reference.name} has no column "${labels}" of outcomes`);
  const outcome = {
    labelled: before.labelled,
    method: methodFor(before.labelled),
    calibrator: { method: 'none' } as const,
    threshold,
    costs: policy.costs,
  };
  const finish = (): ScoredParts => {
    const estimate = estimateOutcome({ ...outcome, current: after.probability.filter(Number.isFinite) });
    return {
      ...without(estimate === null ? `${reference.name} has too few outcomes, or all alike` : ''),
      estimate,
      realised: realisedPerformance({ ...outcome, target: after.target, probability: after.probability, entry: options.entry, estimate }),
    };
  };
  return { ...without(''), finish };
}

function requireScore(column: string, reference: OpenedPart): void {
  const hint = 'Name the column that holds the probability.';
  const type = reference.columns[column];
  // A profile may hold the scores by themselves.
  if (type === undefined && reference.form === 'profile') return;
  if (type === undefined)
    throw new SluiceError(
      'USAGE',
      `--score: ${reference.name} has no column "${column}".${didYouMean(column, Object.keys(reference.columns))}`,
      { hint },
    );
  if (!isNumber(type))
    throw new SluiceError('USAGE', `--score: column "${column}" of ${reference.name} is ${type}, not a number`, { hint });
}

async function referenceScores(
  db: DuckDb,
  part: OpenedPart,
  names: { readonly score: string; readonly target: string },
): Promise<{ readonly probability: Float64Array; readonly labelled: OutOfFold | null }> {
  const rows = await readLabels(db, { view: REFERENCE_ROWS, part, ...names });
  return { probability: rows.probability, labelled: labelledRows(rows) };
}

function methodFor({ target }: OutOfFold): CalibrationMethod {
  const defaults = Array.from(target).filter((value) => value === 1).length;
  return target.length >= ISOTONIC_ROWS && defaults >= ISOTONIC_DEFAULTS ? 'isotonic' : 'platt';
}
