import { BEYOND_CHANCE_Z } from '../limits.ts';
import { comma, type Finding, grade, limitOf, limitsText } from './finding.ts';
import type { Facts } from './findings.ts';

/** What came true beside what was expected: beyond it, the same applicants have come to default otherwise. */
export function realisedFinding({ result: { realised }, limits: { realisedCostRise: grades } }: Facts): Finding[] {
  if (realised === undefined || realised === null) return [];
  const { costPerLoan, expected, z } = realised;
  if (costPerLoan.value === null || expected.costPerLoan.value === null || expected.costPerLoan.value <= 0) return [];
  const rise = costPerLoan.value / expected.costPerLoan.value - 1;
  const level = grade(rise, grades, z >= BEYOND_CHANCE_Z);
  const words = limitsText(grades, (share) => `${share * 100} %`);
  const [came, said] = [costPerLoan.value.toFixed(4), expected.costPerLoan.value.toFixed(4)];
  return [
    {
      rule: 'realised_cost',
      level,
      value: rise,
      limit: limitOf(level, grades),
      text: `Realised cost a loan ${came} of ${realised.rows} loans with an outcome, ${said} was expected; ${words.en}.`,
      french: `Coût réalisé par prêt ${comma(came)} sur ${realised.rows} prêts échus, ${comma(said)} attendu ; ${words.fr}.`,
    },
  ];
}
