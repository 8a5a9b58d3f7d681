import { badge } from '../../pages/badge.ts';
import { decimal, percent, points, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { pageDocument } from '../../pages/page-document.ts';
import { type Tile, tiles } from '../../pages/tile.ts';
import type { CompareData } from './compare-data.ts';
import { dataSection, featureSection, paramSection } from './difference-sections.ts';
import { metricSection, signed, whyNot } from './metric-section.ts';
import { swapSection } from './swap-section.ts';

/** `compare.html`: the champion and the model that wants its place, side by side. No date and no script: equal facts give equal bytes. */
export function comparePage(data: CompareData): string {
  return pageDocument({
    title: `Challenger against ${data.champion}`,
    kicker: 'Comparison · credit scoring',
    heading: `The challenger against ${data.champion}`,
    lead: html`${verdictLine(data)}${tiles(headline(data))}`,
    sections: [
      { id: 'metrics', title: 'Metrics', body: metricSection(data) },
      { id: 'swap', title: 'Who changes sides', body: swapSection(data) },
      { id: 'params', title: 'Params and code', body: paramSection(data) },
      { id: 'data', title: 'Data', body: dataSection(data) },
      { id: 'features', title: 'Features', body: featureSection(data) },
    ],
    footer: html`<p>
      Champion and challenger as they stood when this run judged them. Params and data of the champion are read from its run in MLflow.
    </p>`,
  });
}

function verdictLine({ verdict, comparison }: CompareData): Html {
  if (verdict === null) return html`<p>${badge('none', 'Not judged')} The gate did not judge the challenger.</p>`;
  const against = comparison === null ? html` Not compared on the same rows: ${whyNot(verdict)}` : null;
  return verdict.verdict === 'passed'
    ? html`<p>${badge('ok', 'Passed')} The gate lets the challenger take the champion’s place.${against}</p>`
    : html`<p>
        ${badge('act', 'Rejected')} The gate holds the challenger back:
        ${verdict.rules
          .filter((rule) => !rule.passed)
          .map((rule) => rule.rule)
          .join(', ')}.${against}
      </p>`;
}

function headline({ comparison }: CompareData): readonly Tile[] {
  if (comparison === null) return [];
  const of = (metric: string) => comparison.metrics.find((row) => row.metric === metric);
  const tile = (label: string, metric: string): readonly Tile[] => {
    const row = of(metric);
    if (row === undefined || row.difference === null) return [];
    return [
      {
        label,
        value: brief(row.difference),
        note: `95%: ${row.lo === null ? '–' : brief(row.lo)} to ${row.hi === null ? '–' : brief(row.hi)}`,
      },
    ];
  };
  const approval = of('approval_rate');
  return [
    ...tile('Difference in AUC', 'auc'),
    ...tile('Difference in cost per applicant', 'cost_per_applicant'),
    ...(approval === undefined || approval.challenger === null || approval.champion === null
      ? []
      : [
          {
            label: 'Granted by the challenger',
            value: percent(approval.challenger),
            note: `${points(approval.challenger - approval.champion)} points; champion ${percent(approval.champion)}`,
          },
        ]),
    {
      label: 'Cost of the swaps per applicant',
      value: brief(comparison.swap.costChange),
      note: `champion to challenger; ${whole(comparison.rows)} applicants`,
    },
  ];
}

/** Four decimals are enough for a tile. */
function brief(value: number): string {
  return signed(value, (difference) => decimal(difference, 4));
}
