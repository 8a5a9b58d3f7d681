import { readFileSync } from 'node:fs';
import { didYouMean, SluiceError } from '../../../pipeline/index.ts';
import type { GateFile, GateRule } from './rule-file.ts';

/** Limits that a config sets instead of the file's, by the names of the rules that the shipped files have. */
export interface Limits {
  readonly minAuc: number | null;
  readonly maxEce: number | null;
  readonly maxCostShare: number | null;
  /** A loss: the limit of the difference is its negative. */
  readonly maxAucLoss: number | null;
  readonly maxCostIncrease: number | null;
}

/** The rules with the limits that the params set instead. */
export function withLimits(rules: readonly GateRule[], limits: Limits): readonly GateRule[] {
  const instead: Readonly<Record<string, number | null>> = {
    auc: limits.minAuc,
    calibration: limits.maxEce,
    cost: limits.maxCostShare,
    champion_auc: limits.maxAucLoss === null ? null : 0 - limits.maxAucLoss,
    champion_cost: limits.maxCostIncrease,
  };
  return rules.map((rule) => ({ ...rule, limit: instead[rule.rule] ?? rule.limit }));
}

/**
 * Every slice is of an attribute that the clients have.
 * @throws SluiceError CONFIG_VALUE with the line of the rule and the nearest attribute
 */
export function checkSlices({ file, rules }: GateFile, known: readonly string[]): void {
  for (const { rule, slice } of rules) {
    if (slice === undefined || known.includes(slice.attribute)) continue;
    throw new SluiceError(
      'CONFIG_VALUE',
      `rule ${rule} judges slices of "${slice.attribute}", an attribute that these clients do not have.${didYouMean(slice.attribute, known)}`,
      {
        at: placeOf(file, rule, slice.attribute),
        hint: known.length === 0 ? 'This table declares no groups: leave rules with a slice out.' : `Attributes: ${known.join(', ')}.`,
      },
    );
  }
}

/** The line on which the rule names the attribute: the first such after the rule's own. */
function placeOf(
  file: string,
  rule: string,
  attribute: string,
): { file: string; line?: number; column?: number; text?: string; length?: number } {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const start = lines.findIndex((line) => new RegExp(`\\brule:\\s*['"]?${rule}['"]?\\s*$`).test(line));
  const index = lines.findIndex((line, at) => at >= Math.max(0, start) && line.includes('attribute:') && line.includes(attribute));
  const text = lines[index];
  if (text === undefined) return { file };
  return { file, line: index + 1, column: text.indexOf(attribute, text.indexOf('attribute:') + 10) + 1, text, length: attribute.length };
}
