import type { GateRuleResult } from '../../pipeline/index.ts';
import { bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import type { Costs } from '../metrics/cost.ts';
import { delongPaired } from '../metrics/delong.ts';

/** What one model says of the holdout rows. */
export interface Contender {
  readonly probability: ArrayLike<number>;
  /** 1 for refuse, by the model's own calibration and threshold. */
  readonly decision: ArrayLike<number>;
}

export interface Duel {
  readonly target: Uint8Array;
  readonly challenger: Contender;
  readonly champion: Contender;
}

/** Paired DeLong test. Fails when more AUC is lost than allowed and the interval of the difference lies below zero. */
export function championAucRule({ target, challenger, champion }: Duel, maxAucLoss: number): GateRuleResult {
  const { aucA, aucB, difference, lo, hi } = delongPaired(target, challenger.probability, champion.probability);
  const passed = -difference <= maxAucLoss || hi >= 0;
  const reason = `AUC ${aucA.toFixed(4)} against the champion’s ${aucB.toFixed(4)}, difference ${signed(difference)} (95 % ${signed(lo)} to ${signed(hi)}); ${verdict(-difference, maxAucLoss, passed)}`;
  return { rule: 'champion_auc', passed, value: difference === 0 ? 0 : -difference, limit: maxAucLoss, reason };
}

/** Paired bootstrap of the cost per applicant. Fails when more is added than allowed and the interval of the difference lies above zero. */
export function championCostRule(
  { target, challenger, champion }: Duel,
  maxCostIncrease: number,
  { costs, replicates, seed }: { readonly costs: Costs; readonly replicates: number; readonly seed: number },
): GateRuleResult {
  const surplus = Float64Array.from(
    target,
    (label, row) => costOf(label, challenger.decision[row], costs) - costOf(label, champion.decision[row], costs),
  );
  const mean = (multiplicity?: Uint16Array): number => {
    let sum = 0;
    for (let row = 0; row < surplus.length; row++) sum += (surplus[row] ?? 0) * (multiplicity === undefined ? 1 : (multiplicity[row] ?? 0));
    return sum / surplus.length;
  };
  const value = mean();
  const { lo, hi } = percentileInterval(bootstrap(target, { mean }, { replicates, seed }).mean);
  const passed = value <= maxCostIncrease || lo <= 0;
  const reason = `cost per applicant differs from the champion’s by ${signed(value)} (95 % ${signed(lo)} to ${signed(hi)}); ${verdict(value, maxCostIncrease, passed)}`;
  return { rule: 'champion_cost', passed, value, limit: maxCostIncrease, reason };
}

function costOf(label: number, refused: number | undefined, { falseNegative, falsePositive }: Costs): number {
  if (label === 1) return refused === 1 ? 0 : falseNegative;
  return refused === 1 ? falsePositive : 0;
}

function verdict(loss: number, limit: number, passed: boolean): string {
  if (!passed) return `worse by more than ${limit}, and not by chance`;
  return loss <= limit ? `within ${limit}` : `more than ${limit}, but within chance`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
