import type { Evaluation } from '../evaluation-schema.ts';
import { percent } from '../figures/number-text.ts';
import { markdownTable } from './markdown-table.ts';

const titles: Readonly<Record<string, string>> = { sex: 'Sex', age: 'Age in years', loan: 'Type of loan' };

/** Decisions by group, on approvals. */
export function fairnessSection({ fairness }: Evaluation): string {
  return fairness
    .map(({ attribute, groups, adverseImpactRatio: ratio }) => {
      const cells = groups.map((group) => ({
        Group: group.group,
        Clients: group.rows,
        Defaulted: group.positives,
        Approved: percent(group.approvalRate),
        'Payers refused': rate(group.falsePositiveRate),
        'Defaulters refused': rate(group.truePositiveRate),
        'Mean predicted': percent(group.meanPredicted),
        'Observed rate': percent(group.observedRate),
      }));
      return `### ${titles[attribute] ?? attribute}\n\n${ratioText(ratio)}\n\n${markdownTable(cells)}`;
    })
    .join('\n\n');
}

function ratioText(ratio: Evaluation['fairness'][number]['adverseImpactRatio']): string {
  if (ratio === null) return 'Fewer than two groups of 30 clients: no ratio.';
  const verdict = ratio.value >= 0.8 ? 'at or above' : '**below**';
  return `Smallest over largest approval rate, groups of 30 clients and more: ${ratio.value.toFixed(3)} (95 % ${ratio.lo.toFixed(3)} to ${ratio.hi.toFixed(3)}), ${verdict} the 0.8 of the four-fifths rule.`;
}

function rate(value: number | null): string {
  return value === null ? 'nobody' : percent(value);
}
