import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { orDash, significant } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Verdict } from '../../gate/stage.ts';
import { outcome } from '../../gate/verdict-markdown.ts';

const BADGES = {
  passed: badge('ok', 'passed'),
  waived: badge('watch', 'failed, waived'),
  warning: badge('watch', 'failed, a warning'),
  failed: badge('act', 'failed'),
} as const;

/** Every rule of the gate with value, limit and reason. */
export function ruleTable(verdict: Verdict | null): Html {
  if (verdict === null) return html`<p>The gate has not judged this model: no rules to show.</p>`;
  return dataTable({
    caption: 'Rules of the gate. Values are of the holdout.',
    columns: [
      { title: 'Rule', cell: ({ rule }) => rule },
      { title: 'Result', cell: (result) => BADGES[outcome(result)] },
      { title: 'Value', numeric: true, cell: ({ value }) => orDash(value, significant) },
      { title: 'Limit', numeric: true, cell: ({ limit }) => orDash(limit, significant) },
      { title: 'Reason', cell: ({ reason }) => reason },
    ],
    rows: verdict.rules,
  });
}
