import type { DriftColumn } from '../drift-schema.ts';
import { BEYOND_CHANCE, type DriftLimits } from '../limits.ts';
import { comma, type Finding, grade, limitOf } from './finding.ts';
import type { Facts } from './findings.ts';

/** Rules of single columns, of those that fail. None of them acts by default: a column moves no decision by itself. */
export function columnFindings({ result: { columns }, limits }: Facts): Finding[] {
  return [missingFinding, unseenFinding, psiFinding, evidentlyFinding].flatMap((rule) => columns.flatMap((column) => rule(column, limits)));
}

function missingFinding({ name, skipReason, missing }: DriftColumn, { missingShift }: DriftLimits): Finding[] {
  // Shares are quotients: thirty less twenty per cent is ten points, whatever the last bit says.
  const value = Number((missing.current - missing.reference).toFixed(12));
  const level = grade(Math.abs(value), missingShift);
  if (skipReason !== null || level === 'ok') return [];
  const [from, to] = [percent(missing.reference), percent(missing.current)];
  return [
    {
      rule: `missing[${name}]`,
      level,
      value,
      limit: limitOf(level, missingShift),
      text: `${name}: missing values went from ${from} to ${to}.`,
      french: `${name} : les valeurs manquantes sont passées de ${comma(from)} à ${comma(to)}.`,
    },
  ];
}

function unseenFinding({ name, stability }: DriftColumn, { unseenShare }: DriftLimits): Finding[] {
  const unseen = stability?.unseen;
  if (unseen === null || unseen === undefined) return [];
  const level = grade(unseen.share, unseenShare);
  if (level === 'ok') return [];
  const named = unseen.levels
    .slice(0, 3)
    .map((one) => JSON.stringify(one))
    .join(', ');
  return [
    {
      rule: `unseen[${name}]`,
      level,
      value: unseen.share,
      limit: limitOf(level, unseenShare),
      text: `${name}: ${percent(unseen.share)} of rows hold levels that the reference does not have, such as ${named}.`,
      french: `${name} : ${comma(percent(unseen.share))} des lignes ont des niveaux inconnus de la référence, tels que ${named}.`,
    },
  ];
}

/** By credit practice’s index, only where it is beyond chance at these row counts among this many columns. */
function psiFinding({ name, psi, stability }: DriftColumn, { columnPsi }: DriftLimits): Finding[] {
  if (psi === null) return [];
  const p = stability?.pAdjusted ?? stability?.p ?? null;
  const level = grade(psi, columnPsi, p === null || p < BEYOND_CHANCE);
  if (level === 'ok') return [];
  const part = stability === undefined || psi <= 0 ? null : stability.missingPart / psi;
  const missing = part === null || part < 0.005 ? null : `${Math.round(part * 100)}%`;
  return [
    {
      rule: `column_psi[${name}]`,
      level,
      value: psi,
      limit: limitOf(level, columnPsi),
      text: `${name}: PSI ${psi.toFixed(3)}${missing === null ? '' : `, ${missing} of it missing values`}.`,
      french: `${name} : PSI ${comma(psi.toFixed(3))}${missing === null ? '' : `, dont ${comma(missing)} de valeurs manquantes`}.`,
    },
  ];
}

function evidentlyFinding({ name, evidently, chance }: DriftColumn): Finding[] {
  if (evidently === null || !evidently.drifted) return [];
  const { test, score, threshold } = evidently;
  const withinChance = chance !== null && (score ?? 0) <= 2 * chance;
  const value = score === null ? null : String(Number(score.toPrecision(4)));
  const doubt = withinChance ? ', within twice what chance alone gives at these row counts' : '';
  const frenchDoubt = withinChance ? ', moins de deux fois ce que donne le seul hasard à ces effectifs' : '';
  return [
    {
      rule: `column_drift[${name}]`,
      level: 'watch',
      value: score,
      limit: threshold,
      text: `${name}: ${test} ${value ?? 'infinite'}, drift at ${threshold}${doubt}.`,
      french: `${name} : ${test} ${value === null ? 'infini' : comma(value)}, dérive à ${comma(String(threshold))}${frenchDoubt}.`,
    },
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
