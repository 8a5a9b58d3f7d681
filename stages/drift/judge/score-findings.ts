import type { DriftResult } from '../drift-schema.ts';
import { BEYOND_CHANCE } from '../limits.ts';
import { comma, type Finding, grade, limitOf, limitsText } from './finding.ts';
import type { Facts } from './findings.ts';

/** PSI of the score by itself, and where the batch before had moved as well. */
export function scoreFindings({ result: { score }, limits: { scorePsi: grades }, scorePsiBefore }: Facts): Finding[] {
  if (score === null) return [];
  const { psi, psiP } = score;
  if (psi === null)
    return [
      {
        rule: 'score_psi',
        level: 'watch',
        value: null,
        limit: grades.act,
        text: 'The PSI of the score could not be computed.',
        french: 'Le PSI du score n’a pas pu être calculé.',
      },
    ];
  // The fixed limits of practice are passed by chance in small parts: then they mean nothing.
  const beyondChance = psiP === undefined || psiP === null || psiP < BEYOND_CHANCE;
  const level = grade(psi, grades, beyondChance);
  const words = limitsText(grades);
  const doubt = psi >= (grades.watch ?? Number.POSITIVE_INFINITY) && !beyondChance;
  const own: Finding = {
    rule: 'score_psi',
    level,
    value: psi,
    limit: limitOf(level, grades),
    text: `Score PSI ${psi.toFixed(3)}; ${words.en}${doubt ? '. So much can be chance in so few rows' : ''}.`,
    french: `PSI du score ${comma(psi.toFixed(3))} ; ${words.fr}${doubt ? '. Autant peut être le hasard dans si peu de lignes' : ''}.`,
  };
  return [own, ...lasting(own, scorePsiBefore ?? null, grades.watch)];
}

/** 0.1 in two batches one after the other, both beyond chance, is no accident of a batch. */
function lasting({ level, value }: Finding, before: number | null, watch: number | null): Finding[] {
  if (level !== 'watch' || before === null || watch === null || before < watch || value === null) return [];
  return [
    {
      rule: 'score_psi_lasting',
      level: 'act',
      value,
      limit: watch,
      text: `Score PSI ${value.toFixed(3)} after ${before.toFixed(3)} in the batch before: ${watch} or more in two batches running.`,
      french: `PSI du score ${comma(value.toFixed(3))} après ${comma(before.toFixed(3))} au lot précédent : ${comma(String(watch))} ou plus deux lots de suite.`,
    },
  ];
}

export function datasetFinding({ evidently }: DriftResult): Finding {
  const { numberOfDriftedColumns: drifted, numberOfColumns: all, shareOfDriftedColumns: value, driftShare: limit } = evidently;
  return {
    rule: 'dataset_drift',
    level: evidently.datasetDrift ? 'act' : 'ok',
    value,
    limit,
    text: `${drifted} of ${all} columns drifted, a share of ${value.toFixed(3)}; act from ${limit}.`,
    french: `${drifted} colonnes sur ${all} ont dérivé, une part de ${comma(value.toFixed(3))} ; agir dès ${comma(String(limit))}.`,
  };
}
