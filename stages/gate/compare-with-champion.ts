import { assertNever, type DuckDb, type GateRuleResult } from '../../pipeline/index.ts';
import type { ChampionStatus } from '../champion/stage.ts';
import { decide } from '../evaluate/write-predictions.ts';
import type { Costs } from '../metrics/cost.ts';
import { missingFeatures, readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { championAucRule, championCostRule } from './champion-rules.ts';
import type { JudgedRows } from './judged-rows.ts';
import { loadChampion } from './load-champion.ts';

export interface Comparison {
  /** The champion compared with, or why there was no comparison. */
  readonly against: string;
  readonly rules: readonly GateRuleResult[];
  /** Whether the rules decide; an unknown champion informs only, since nothing is promoted over it anyway. */
  readonly binding: boolean;
}

export interface ComparisonOptions {
  readonly files: string;
  /** Columns of the holdout table. */
  readonly columns: Readonly<Record<string, string>>;
  readonly costs: Costs;
  readonly maxAucLoss: number;
  readonly maxCostIncrease: number;
  readonly replicates: number;
  readonly seed: number;
  readonly threads: number;
  readonly projectDir: string;
}

/** Scores the champion on the holdout rows and compares row by row. Needs a view named holdout. */
export async function compareWithChampion(
  db: DuckDb,
  rows: JudgedRows,
  status: ChampionStatus,
  options: ComparisonOptions,
): Promise<Comparison> {
  switch (status.state) {
    case 'none':
      return { against: 'no champion yet', rules: [], binding: true };
    case 'unknown':
      return {
        against: `unknown champion: ${status.reason}`,
        rules: [notCompared(`the champion could not be asked for: ${status.reason}`)],
        binding: false,
      };
    case 'known':
      return {
        against: `${status.model} version ${status.version}`,
        rules: await compare(db, rows, status.modelSha256, options),
        binding: true,
      };
    default:
      return assertNever(status);
  }
}

async function compare(db: DuckDb, rows: JudgedRows, modelSha256: string, options: ComparisonOptions): Promise<readonly GateRuleResult[]> {
  using champion = await loadChampion(options.files, { ...options, modelSha256 });
  const { features } = champion.model;
  const missing = missingFeatures(features, options.columns);
  if (missing.length > 0) {
    const names = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
    return [
      notCompared(
        `not comparable: the champion needs ${missing.length} features that the holdout no longer has (${names}); move the champion alias by hand if this model is to replace it`,
      ),
    ];
  }
  const scores = scoreRows(champion.model, await readFeatureMatrix(db, 'holdout', features), champion.calibrator);
  const duel = {
    target: rows.target,
    challenger: rows,
    champion: { probability: scores.probability, decision: decide(scores.calibrated, champion.decision.threshold) },
  };
  return [championAucRule(duel, options.maxAucLoss), championCostRule(duel, options.maxCostIncrease, options)];
}

function notCompared(reason: string): GateRuleResult {
  return { rule: 'champion', passed: false, value: null, limit: null, reason };
}
