import { whole } from '../../pages/format.ts';
import { BEYOND_CHANCE_Z } from '../limits.ts';
import type { RealisedResult } from '../outlook/outlook-schema.ts';
import { comma, type Finding, grade, limitOf, limitsText } from './finding.ts';
import type { Facts } from './findings.ts';

/** What came true beside what was expected: beyond it, the same applicants have come to default otherwise. */
export function realisedFindings({ result: { realised }, limits: { realisedCostRise: grades } }: Facts): Finding[] {
  if (realised === undefined || realised === null) return [];
  const { costPerLoan, expected, z } = realised;
  if (costPerLoan.value === null || expected.costPerLoan.value === null || expected.costPerLoan.value <= 0) return [];
  const rise = costPerLoan.value / expected.costPerLoan.value - 1;
  const level = grade(rise, grades, z >= BEYOND_CHANCE_Z);
  const words = limitsText(grades, (share) => `${share * 100}%`);
  const [came, said] = [costPerLoan.value.toFixed(4), expected.costPerLoan.value.toFixed(4)];
  return [
    {
      rule: 'realised_cost',
      level,
      value: rise,
      limit: limitOf(level, grades),
      text: `Realised cost a loan ${came} of ${whole(realised.rows)} loans with an outcome, ${said} was expected; ${words.en}.`,
      french: `Coût réalisé par prêt ${comma(came)} sur ${whole(realised.rows)} prêts échus, ${comma(said)} attendu ; ${words.fr}.`,
    },
    conceptFinding(realised),
  ];
}

/** Outcomes beyond chance from what the scores promised: worse ones call for a new model, whatever the threshold makes of them in costs. */
function conceptFinding({ drift, defaultRate, expected }: RealisedResult): Finding {
  const [came, said] = [defaultRate.value ?? 0, expected.defaultRate.value ?? 0];
  const level = drift !== 'concept' ? 'ok' : came > said ? 'act' : 'watch';
  const [now, then] = [`${(came * 100).toFixed(1)}%`, `${(said * 100).toFixed(1)}%`];
  return {
    rule: 'concept_drift',
    level,
    value: came - said,
    limit: null,
    text: `Realised default rate ${now}, ${then} was expected: ${level === 'ok' ? 'no concept drift' : 'concept drift'}.`,
    french: `Taux de défaut réalisé ${comma(now)}, ${comma(then)} attendu : ${level === 'ok' ? 'pas de dérive du concept' : 'dérive du concept'}.`,
  };
}
