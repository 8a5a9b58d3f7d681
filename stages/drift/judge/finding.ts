import type { DriftResult } from '../drift-schema.ts';
import type { Grades } from '../limits.ts';

export type Level = DriftResult['verdict']['status'];

/** One rule's answer. `rule` is its name, with the column in brackets where it judges one. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  readonly value: number | null;
  readonly limit: number | null;
  readonly text: string;
  readonly french: string;
}

/** The rules of drift by name, in the order in which they are told: what a waiver may name. */
export const RULES = [
  'rows',
  'contract',
  'realised_cost',
  'concept_drift',
  'estimated_cost',
  'estimate_support',
  'score_psi',
  'score_psi_lasting',
  'weighted_drift',
  'top_feature',
  'score_shift',
  'dataset_drift',
  'domain_auc',
  'reconstruction',
  'segment_approval',
  'segment_psi',
  'missing',
  'unseen',
  'column_psi',
  'column_drift',
] as const;

/** The level of a value by its limits; `beyondChance` false: it is no sign of anything. */
export function grade(value: number, { watch, act }: Grades, beyondChance = true): 'ok' | 'watch' | 'act' {
  if (!beyondChance) return 'ok';
  if (act !== null && value >= act) return 'act';
  return watch !== null && value >= watch ? 'watch' : 'ok';
}

/** The limit that a finding of this level is told with: the one that was passed, or the first that would be. */
export function limitOf(level: 'ok' | 'watch' | 'act', { watch, act }: Grades): number | null {
  if (level === 'act') return act;
  return level === 'watch' && act !== null ? act : (watch ?? act);
}

/** "; watch from 0.1, act from 0.25" in both languages. */
export function limitsText(
  { watch, act }: Grades,
  format: (limit: number) => string = String,
): { readonly en: string; readonly fr: string } {
  const en = [watch === null ? [] : [`watch from ${format(watch)}`], act === null ? [] : [`act from ${format(act)}`]].flat();
  const fr = [
    watch === null ? [] : [`à surveiller dès ${comma(format(watch))}`],
    act === null ? [] : [`agir dès ${comma(format(act))}`],
  ].flat();
  return { en: en.join(', '), fr: fr.join(', ') };
}

/** A number as French writes it: a decimal comma, and a space that does not break before a per cent sign. */
export function comma(text: string): string {
  return text.replace('.', ',').replace('%', '\u00A0%');
}
