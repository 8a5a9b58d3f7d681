import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { ModelSummary } from '../../train/stage.ts';
import { percent } from '../figures/number-text.ts';
import { markdownTable } from './markdown-table.ts';

const weights = {
  none: 'none: every client counts once',
  balanced: 'both classes weigh the same',
  cost: 'a default weighs as much as it costs',
} as const;

/** What was trained on what. */
export function trainingSection(summary: ModelSummary): string {
  const auc = summary.folds.map((fold) => fold.auc);
  const mean = auc.reduce((sum, value) => sum + value, 0) / auc.length;
  const cells = summary.folds.map((fold) => ({
    Fold: fold.fold,
    Clients: fold.rows,
    Defaulted: fold.positives,
    AUC: fold.auc.toFixed(4),
    Rounds: fold.rounds,
  }));
  const parameters = Object.entries(summary.parameters).map(([name, value]) => `\`${name}\` ${value}`);
  return [
    `Gradient-boosted trees (XGBoost ${summary.libraryVersion}), ${summary.rounds} rounds, on ${summary.rows} clients of whom ${summary.positives} (${percent(summary.baseRate)}) defaulted. Class weights: ${weights[summary.classWeight]}.`,
    '',
    `Parameters: ${parameters.join(', ')}.`,
    '',
    `Mean AUC of the ${summary.folds.length} validation folds: ${mean.toFixed(4)}. The rounds kept for a fold were chosen on the other folds.`,
    '',
    markdownTable(cells),
  ].join('\n');
}

/** What the model sees, and what it must not. */
export function featureSection(summary: ModelSummary, catalogue: readonly CatalogueEntry[]): string {
  const used = new Set(summary.features);
  const tables = new Map<string, number>();
  for (const entry of catalogue) if (used.has(entry.name)) tables.set(entry.table, (tables.get(entry.table) ?? 0) + 1);
  const cells = [...tables]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([table, features]) => ({ Table: table, Features: features }));
  const seen = catalogue.filter((entry) => entry.prohibited && used.has(entry.name)).map(({ name }) => name);
  return [
    `${summary.features.length} features; the catalogue says how each is computed, and which ones an applicant could change.`,
    '',
    ...(cells.length === 0 ? [] : [markdownTable(cells), '']),
    summary.prohibited.length === 0
      ? 'No feature was left out as prohibited.'
      : `Left out as prohibited (sex, age): ${summary.prohibited.map(code).join(', ')}. They are measured below, not used.`,
    ...(seen.length === 0 ? [] : [`**Used although prohibited**: ${seen.map(code).join(', ')}.`]),
  ].join('\n');
}

const code = (name: string): string => `\`${name}\``;
