import { whole } from '../../pages/format.ts';
import { BEYOND_CHANCE_Z, type DriftMoney } from '../limits.ts';
import type { CostChange } from '../outlook/cost-change.ts';
import type { RealisedResult } from '../outlook/outlook-schema.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

/** Loans that costs are told for: a cost a loan is a small number. */
export const LOANS = 1000;

/** A cost a loan as cost per 1,000 loans, in money where it is known what a unit is worth. */
export function costOf(costPerLoan: number, money: DriftMoney | undefined): string {
  const value = costPerLoan * LOANS * (money?.unit ?? 1);
  return money === undefined ? whole(value) : `${whole(value)}\u00A0${money.currency}`;
}

/** What the cost is counted in. */
export function costUnit(money: DriftMoney | undefined, say: Say): string {
  return money === undefined
    ? say(`cost units per ${whole(LOANS)} loans`, `unités de coût pour ${whole(LOANS)} prêts`)
    : say(`per ${whole(LOANS)} loans`, `pour ${whole(LOANS)} prêts`);
}

/** Whether a change of the cost is more than chance gives, in words. */
export function changeWord({ z }: Pick<CostChange, 'z'>, say: Say): string {
  if (Math.abs(z) < BEYOND_CHANCE_Z) return say('within chance', 'dans le hasard');
  return z > 0 ? say('more than chance gives', 'plus que le hasard') : say('less, beyond chance', 'moins, au-delà du hasard');
}

/** What the decisions came to, once outcomes are there, beside what had been expected. */
export function realisedSentence(realised: RealisedResult, money: DriftMoney | undefined, say: Say): string | null {
  const { value, lo, hi } = realised.costPerLoan;
  const expected = realised.expected.costPerLoan.value;
  if (value === null || lo === null || hi === null || expected === null) return null;
  const [came, was] = [costOf(value, money), costOf(expected, money)];
  const band = `${costOf(lo, money)} ${say('to', 'à')} ${costOf(hi, money)}`;
  return say(
    `Of ${whole(realised.rows)} loans with an outcome they cost ${came} ${costUnit(money, say)} (${band}), where ${was} was expected.`,
    `Sur ${whole(realised.rows)} prêts échus elles ont coûté ${came} ${costUnit(money, say)} (${band}), contre ${was} attendu.`,
  );
}

/** The cost in one sentence, for who decides. */
export function costSentence(change: CostChange, money: DriftMoney | undefined, say: Say): string {
  const { percent } = numbersIn(say);
  const [now, was] = [costOf(change.after, money), costOf(change.before, money)];
  const band = `${costOf(change.lo, money)} ${say('to', 'à')} ${costOf(change.hi, money)}`;
  const rise = `${change.rise < 0 ? '' : '+'}${percent(change.rise)}`;
  return say(
    `Wrong decisions are expected to cost ${now} ${costUnit(money, say)} (${band}), where the reference cost ${was}: ${rise}, ${changeWord(change, say)}.`,
    `Les mauvaises décisions devraient coûter ${now} ${costUnit(money, say)} (${band}), contre ${was} pour la référence : ${rise}, ${changeWord(change, say)}.`,
  );
}
