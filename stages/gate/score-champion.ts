import { assertNever, type DuckDb } from '../../pipeline/index.ts';
import type { JudgedRows } from '../assess/judged-rows.ts';
import type { ChampionStatus } from '../champion/stage.ts';
import { decide } from '../evaluate/write-predictions.ts';
import { missingFeatures, readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { type ChampionHoldoutOptions, makeChampionHoldout } from './champion-holdout.ts';
import { loadChampion } from './load-champion.ts';
import type { RuleResult } from './stage.ts';

/** The champion on the holdout rows, or why it is not there. */
export interface ScoredChampion {
  /** The champion compared with, or why there was no comparison. */
  readonly against: string;
  readonly rows: JudgedRows | null;
  /** In place of the rules against the champion where there is one that cannot be compared. */
  readonly instead: RuleResult | null;
}

/** Scores the champion on the holdout rows, by its own fitted columns, calibration and threshold. Needs a view named holdout. */
export async function scoreChampion(
  db: DuckDb,
  rows: JudgedRows,
  status: ChampionStatus,
  options: ChampionHoldoutOptions,
): Promise<ScoredChampion> {
  switch (status.state) {
    case 'none':
      return { against: 'no champion yet', rows: null, instead: null };
    case 'unknown':
      return {
        against: `unknown champion: ${status.reason}`,
        rows: null,
        // Told only: nothing is promoted over an unknown champion anyway.
        instead: { ...notCompared(`the champion could not be asked for: ${status.reason}`), severity: 'warning' },
      };
    case 'known': {
      const against = `${status.model} version ${status.version}`;
      return { against, ...(await score(db, rows, status.modelSha256, options)) };
    }
    default:
      return assertNever(status);
  }
}

async function score(
  db: DuckDb,
  rows: JudgedRows,
  modelSha256: string,
  options: ChampionHoldoutOptions,
): Promise<Pick<ScoredChampion, 'rows' | 'instead'>> {
  using champion = await loadChampion(options.files, { ...options, modelSha256 });
  const { features } = champion.model;
  const missing = missingFeatures(features, await makeChampionHoldout(db, options));
  if (missing.length > 0) {
    const names = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
    const reason = `not comparable: the champion needs ${missing.length} features that the holdout no longer has (${names}); move the champion alias by hand if this model is to replace it`;
    return { rows: null, instead: notCompared(reason) };
  }
  const { probability, calibrated } = scoreRows(
    champion.model,
    await readFeatureMatrix(db, 'champion_holdout', features),
    champion.calibrator,
  );
  const decision = decide(calibrated, champion.decision.threshold);
  return { rows: { ...rows, probability: Float64Array.from(probability), calibrated, decision }, instead: null };
}

function notCompared(reason: string): RuleResult {
  return { rule: 'champion', passed: false, value: null, limit: null, reason };
}
