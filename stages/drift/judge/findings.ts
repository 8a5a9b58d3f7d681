import { counted, whole } from '../../pages/format.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';
import type { DriftLimits } from '../limits.ts';
import { columnFindings } from './column-findings.ts';
import type { Finding } from './finding.ts';
import { outlookFindings } from './outlook-findings.ts';
import { realisedFindings } from './realised-findings.ts';
import { datasetFinding, scoreFindings } from './score-findings.ts';
import { groupApprovalFindings, groupPsiFindings } from './segment-findings.ts';

export interface Facts {
  readonly result: DriftResult;
  readonly minRows: number;
  readonly limits: DriftLimits;
  /** PSI of the score of the batch before; null or absent: not known. */
  readonly scorePsiBefore?: number | null;
}

/** What each rule says of two compared parts, the passed ones too; those of single columns only where they fail. */
export function driftFindings(facts: Facts): readonly Finding[] {
  const { result, minRows } = facts;
  const { reference, current, columns } = result;
  const least = Math.min(reference.rows, current.rows);
  const enough = least >= minRows;
  const added = columns.filter(({ skipReason }) => skipReason === 'absent from the reference part').map(({ name }) => name);
  const contract = columns.flatMap((column) => contractFinding(column, { enough, added }));
  const contracts = contract.length > 0 ? contract : [CONTRACT_KEPT];
  const rows: Finding = {
    rule: 'rows',
    level: enough ? 'ok' : 'insufficient',
    value: least,
    limit: minRows,
    text: `${counted(reference.rows, 'row')} in the reference and ${whole(current.rows)} in the current part; ${whole(minRows)} are needed in each.`,
    french: `${whole(reference.rows)} ligne${reference.rows > 1 ? 's' : ''} dans la référence et ${whole(current.rows)} dans la partie courante ; il en faut ${whole(minRows)} dans chacune.`,
  };
  if (!enough) return [rows, ...contracts];
  return withoutLoneFeatures([
    rows,
    ...contracts,
    ...realisedFindings(facts),
    ...outlookFindings(facts),
    ...scoreFindings(facts),
    datasetFinding(result),
    ...groupApprovalFindings(facts),
    ...columnFindings(facts),
    // Last: where all scores moved, those of every group did.
    ...groupPsiFindings(facts),
  ]);
}

/** What the model’s decisions come to. */
const OUTCOMES = new Set(['score_psi', 'score_shift', 'estimated_cost', 'realised_cost', 'concept_drift']);

/** A feature that moved calls for action only where scores or costs moved with it: the model may stand it. */
function withoutLoneFeatures(findings: readonly Finding[]): readonly Finding[] {
  if (findings.some(({ rule, level }) => OUTCOMES.has(rule) && level !== 'ok')) return findings;
  return findings.map((finding) =>
    finding.rule.startsWith('top_feature[') && finding.level === 'act' ? { ...finding, level: 'watch' as const } : finding,
  );
}

const CONTRACT_KEPT: Finding = {
  rule: 'contract',
  level: 'ok',
  value: 0,
  limit: 0,
  text: 'Every column of the reference is there, of its type, with values.',
  french: 'Toutes les colonnes de la référence sont là, de leur type, avec des valeurs.',
};

interface Batch {
  /** Whether it has rows enough for a column to be called empty. */
  readonly enough: boolean;
  /** Columns that the reference lacks. */
  readonly added: readonly string[];
}

/** A column that the reference has must be in the batch, of the same type, and be readable; in a batch of some size, with a value. */
function contractFinding({ name, skipReason, missing }: DriftColumn, { enough, added }: Batch): Finding[] {
  if (skipReason === null) return [];
  const broken = BROKEN.some((reason) => skipReason.startsWith(reason));
  const emptied = enough && skipReason === 'no value in the current part';
  if (!broken && !emptied) return [];
  const other = skipReason.startsWith('absent') ? added.find((one) => plainName(one) === plainName(name)) : undefined;
  return [
    {
      rule: `contract[${name}]`,
      level: 'broken',
      value: missing.current,
      limit: null,
      text: `${name}: ${skipReason}${other === undefined ? '' : `, which has “${other}”`}.`,
      french: `${name} : ${frenchReason(skipReason)}${other === undefined ? '' : `, qui a « ${other} »`}.`,
    },
  ];
}

/** Without what a rename at the source tends to change. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const BROKEN = ['absent from the current part', 'type changed', 'could not be read'];

const FRENCH_REASONS: readonly (readonly [en: RegExp, fr: string])[] = [
  [/^absent from the current part$/, 'absente de la partie courante'],
  [/^absent from the reference part$/, 'absente de la référence'],
  [/^type changed from (.*) to (.*)$/s, 'type changé de $1 à $2'],
  [/^no value in either part$/, 'aucune valeur dans les deux parties'],
  [/^no value in the current part$/, 'aucune valeur dans la partie courante'],
  [/^no value in the reference part$/, 'aucune valeur dans la référence'],
  [/^text of many distinct values: .*$/s, 'texte aux très nombreuses valeurs : Evidently entraînerait un classifieur'],
  [/^could not be read: (.*)$/s, 'illisible : $1'],
  [/^type (.*) is not compared$/s, 'le type $1 n’est pas comparé'],
];

/** Why a column was not judged, in French. */
export function frenchReason(reason: string): string {
  const known = FRENCH_REASONS.find(([en]) => en.test(reason));
  return known === undefined ? reason : reason.replace(known[0], known[1]);
}
