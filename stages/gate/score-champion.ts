import { assertNever, type DuckDb } from '../../pipeline/index.ts';
import type { JudgedRows } from '../assess/judged-rows.ts';
import type { ChampionStatus } from '../champion/stage.ts';
import { decide } from '../evaluate/write-predictions.ts';
import { renumberCategories } from '../scoring/model/known-categories.ts';
import { missingFeatures, readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { type ChampionHoldoutOptions, makeChampionHoldout } from './champion-holdout.ts';
import { loadChampion } from './load-champion.ts';
import type { RuleResult } from './stage.ts';

export interface ScoreOptions extends ChampionHoldoutOptions {
  /** Of the holdout's columns of categories: what their values 0, 1, … stand for. */
  readonly levels: ReadonlyMap<string, readonly string[]>;
}

/** The champion on the holdout rows, or why it is not there. */
export interface ScoredChampion {
  /** The champion compared with, or why there was no comparison. */
  readonly against: string;
  readonly rows: JudgedRows | null;
  /** In place of the rules against the champion where there is one that cannot be compared. */
  readonly instead: RuleResult | null;
}

/** Scores the champion on the holdout rows, by its own fitted columns, calibration and threshold. Needs a view named holdout. */
export async function scoreChampion(db: DuckDb, rows: JudgedRows, status: ChampionStatus, options: ScoreOptions): Promise<ScoredChampion> {
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
  options: ScoreOptions,
): Promise<Pick<ScoredChampion, 'rows' | 'instead'>> {
  using champion = await loadChampion(options.files, { ...options, modelSha256 });
  const { features } = champion.model;
  const gone = missingFeatures(features, await makeChampionHoldout(db, options));
  // What is a category to one and a quantity to the other.
  const kinds = features.filter((name) => !gone.includes(name) && Object.hasOwn(champion.categories, name) !== options.levels.has(name));
  const missing = [...gone, ...kinds];
  if (missing.length > 0) {
    const how = kinds.length > 0 ? 'no longer has, or counts in another way' : 'no longer has';
    const names = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
    const reason = `not comparable: the champion needs ${missing.length} features that the holdout ${how} (${names}); move the champion alias by hand if this model is to replace it`;
    return { rows: null, instead: notCompared(reason) };
  }
  const matrix = await readFeatureMatrix(db, 'champion_holdout', features);
  const { probability, calibrated } = scoreRows(
    champion.model,
    renumberCategories(matrix, options.levels, champion.categories),
    champion.calibrator,
  );
  const decision = decide(calibrated, champion.decision.threshold);
  return { rows: { ...rows, probability: Float64Array.from(probability), calibrated, decision }, instead: null };
}

function notCompared(reason: string): RuleResult {
  return { rule: 'champion', passed: false, value: null, limit: null, reason };
}
