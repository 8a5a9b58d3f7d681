import { type Checked, type Judged, type JudgedModel, PAYOFF_THRESHOLD } from './judge-models.ts';

/** What was claimed beside what holds, as Markdown. Every number is the run's own. */
export function comparisonTable({ rows, models, grantAll, difference }: Judged): string {
  const cell = (of: (model: JudgedModel) => string): string => models.map(of).join(' | ');
  const checked = ({ holdout, interval: { lo, hi } }: Checked): string =>
    `**${holdout.toFixed(3)}** (${lo.toFixed(3)} to ${hi.toFixed(3)})`;
  const chosen = best(models, ({ profit }) => profit.claimed);
  const better = best(models, ({ profitByPayoffs }) => profitByPayoffs);
  return `${[
    `Trained on ${rows.development} clients, judged on ${rows.holdout} others, ${rows.positives} of whom defaulted. In brackets: 95% intervals.`,
    '',
    `| | ${cell(({ name }) => name)} |`,
    `|---|${models.map(() => '--:|').join('')}`,
    `| profit per applicant claimed: best threshold on the training rows | ${cell(({ profit }) => profit.claimed.toFixed(3))} |`,
    `| that threshold | ${cell(({ trainingThreshold }) => trainingThreshold.toFixed(3))} |`,
    `| profit on the holdout at that threshold | ${cell(({ profit }) => checked(profit))} |`,
    `| profit on the holdout at ${PAYOFF_THRESHOLD.toFixed(2)}, which follows from the payoffs | ${cell(({ profitByPayoffs }) => `**${profitByPayoffs.toFixed(3)}**`)} |`,
    `| AUC on the training rows | ${cell(({ auc }) => auc.claimed.toFixed(3))} |`,
    `| AUC on the holdout | ${cell(({ auc }) => checked(auc))} |`,
    `| “AUC” of labels cut at 0.5, on the holdout | ${cell(({ labelAuc }) => labelAuc.toFixed(3))} |`,
    `| accuracy at 0.5, on the holdout | ${cell(({ accuracy }) => accuracy.toFixed(3))} |`,
    '',
    `Granting everybody earns ${grantAll.profit.toFixed(3)} per applicant with an accuracy of ${grantAll.accuracy.toFixed(3)}.`,
    '',
    `Chosen by the training rows: **${chosen}**. Better on the holdout: **${better}**. At the threshold of the payoffs the second earns ${difference.value.toFixed(3)} more per applicant than the first (${difference.lo.toFixed(3)} to ${difference.hi.toFixed(3)}, same rows).`,
  ].join('\n')}\n`;
}

function best(models: readonly JudgedModel[], of: (model: JudgedModel) => number): string {
  return models.toSorted((left, right) => of(right) - of(left))[0]?.name ?? 'none';
}
