import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Assessment } from '../assessment-schema.ts';
import type { ProhibitedDecisions } from '../fairness/prohibited-decisions.ts';
import { lineChart } from './line-chart.ts';
import { shareWithInterval, withInterval } from './number-text.ts';

type Fairness = Assessment['fairness'];
type Attribute = Fairness['attributes'][number];
type Curve = Fairness['curves'][number];

/** Approvals by group under the profile of a jurisdiction, what leaving sex and age out costs, what equal approval would cost. */
export function fairnessSection({ fairness }: Assessment): Html {
  const limit =
    fairness.minImpactRatio === null
      ? 'It sets no ratio.'
      : `A ratio below ${fairness.minImpactRatio} ${fairness.binding ? 'rejects the model' : 'is told and does not reject the model'} when chance does not explain it.`;
  return html`<p>Profile <strong>${fairness.profile}</strong>: ${fairness.about} ${limit}</p>
    ${dataTable<Attribute>({
      caption: 'Approvals: lowest against highest group, 95% intervals from the same resamples',
      columns: [
        { title: 'Attribute', cell: ({ attribute }) => attribute },
        { title: 'Lowest', cell: ({ lowest }) => lowest ?? '–' },
        { title: 'Highest', cell: ({ highest }) => highest ?? '–' },
        { title: 'Impact ratio', numeric: true, cell: ({ adverseImpactRatio }) => withInterval(adverseImpactRatio, 2) },
        { title: 'Limit', cell: ({ belowLimit }) => limitBadge(belowLimit) },
        { title: 'Gap in good refused', numeric: true, cell: ({ falsePositiveGap }) => shareWithInterval(falsePositiveGap) },
        { title: 'Gap in defaults caught', numeric: true, cell: ({ truePositiveGap }) => shareWithInterval(truePositiveGap) },
        { title: 'Gap in calibration', numeric: true, cell: ({ miscalibrationGap }) => shareWithInterval(miscalibrationGap) },
      ],
      rows: fairness.attributes,
    })}
    ${fairness.withProhibited === null ? null : prohibitedBlock(fairness.withProhibited)}
    ${fairness.curves.map((curve) => curveBlock(curve, fairness.groupThresholds))}`;
}

function limitBadge(belowLimit: Attribute['belowLimit']): Html {
  if (belowLimit === null) return html`–`;
  if (belowLimit === 'no') return badge('ok', 'kept');
  return belowLimit === 'surely' ? badge('act', 'below') : badge('watch', 'below, within chance');
}

function prohibitedBlock({ auc, aucWith, logLoss, logLossWith, decisions }: NonNullable<Fairness['withProhibited']>): Html {
  return html`<p>
      Sex and age are not inputs. With them the cross-validated AUC would be ${decimal(aucWith, 4)} instead of ${decimal(auc, 4)}, the
      log-loss ${decimal(logLossWith, 4)} instead of ${decimal(logLoss, 4)}: that is what leaving them out costs.
    </p>
    ${decisions === null ? null : decisionTable(decisions)}`;
}

type Compared = ProhibitedDecisions['costPerApplicant'] & { readonly title: string; readonly digits: number };

function decisionTable({ rows, costPerApplicant, impactRatios }: ProhibitedDecisions): Html {
  const found: readonly Compared[] = [
    { title: 'Cost per applicant', digits: 4, ...costPerApplicant },
    ...impactRatios.map(({ attribute, ...ratios }) => ({ title: `Impact ratio by ${attribute}`, digits: 3, ...ratios })),
  ];
  return dataTable<Compared>({
    caption: `Decisions without and with sex and age as inputs: ${whole(rows)} development clients out of fold, 95% intervals paired by client`,
    columns: [
      { title: 'Number', cell: ({ title }) => title },
      { title: 'Without', numeric: true, cell: (row) => withInterval(row.without, row.digits) },
      { title: 'With', numeric: true, cell: (row) => withInterval(row.with, row.digits) },
      { title: 'Difference', numeric: true, cell: (row) => withInterval(row.difference, row.digits) },
    ],
    rows: found,
  });
}

function curveBlock({ attribute, unconstrained, points }: Curve, groupThresholds: Fairness['groupThresholds']): Html {
  const last = points.at(-1);
  const price = last === undefined ? '–' : decimal(last.costPerApplicant - unconstrained, 4);
  return html`<h3>What equal approval by ${attribute} would cost</h3>
    <p>
      With thresholds by group, chosen on these very rows, approval rates in a ratio of ${last === undefined ? '–' : percent(last.ratio, 0)}
      would add at least ${price} per applicant. Thresholds by group are ${groupThresholds} here: this measures, it does not advise.
    </p>
    ${lineChart({
      label: `Least cost per applicant by ratio of approval rates between groups of ${attribute}.`,
      x: { title: 'Lowest over highest approval rate', format: (value) => decimal(value, 2) },
      y: { title: 'Cost per applicant' },
      points: points.map(({ ratio, costPerApplicant }) => ({ x: ratio, y: costPerApplicant })),
    })}`;
}
