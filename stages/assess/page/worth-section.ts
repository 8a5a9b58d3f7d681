import type { Economics } from '../../calibrate/economics-schema.ts';
import { MEAN_LOSS } from '../../metrics/profit-measure.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Assessment } from '../assessment-schema.ts';
import { lineChart } from './line-chart.ts';
import { moneyWithInterval, shareWithInterval, withInterval } from './number-text.ts';

/** Profit at the threshold and around it, what the two matrices imply, what a limit on approvals costs. */
export function profitSection({ profit, threshold }: Assessment, { implied, payoffsGiven, regret, capacity }: Economics): Html {
  const { payoffs } = profit;
  const source = payoffsGiven ? 'as the config says' : 'made of the costs, so that both imply the same threshold';
  return html`<p>
      A loan granted and repaid earns ${significant(payoffs.trueNegative)}, one that defaults ${significant(payoffs.falseNegative)};
      refusing a payer earns ${significant(payoffs.falsePositive)}, refusing a defaulter ${significant(payoffs.truePositive)} (${source}).
      The model earns <strong>${withInterval(profit.perApplicant)}</strong> per applicant; granting all ${decimal(profit.grantAll)},
      refusing all ${decimal(profit.refuseAll)}.
    </p>
    <p>
      ${implied.note === null ? `Costs and profits agree: both refuse from ${percent(implied.costs, 2)} on.` : html`<strong>Look here:</strong> ${implied.note}.`}
    </p>
    ${lineChart({
      label: `Profit per applicant by threshold; ${decimal(profit.perApplicant.value)} at the one in use. The sentence above holds the numbers.`,
      x: { title: 'Threshold: refuse at or above this calibrated probability', format: (value) => percent(value, 0) },
      y: { title: 'Profit per applicant' },
      points: profit.curve.x.map((x, at) => ({ x, y: profit.curve.y[at] ?? 0 })).filter(({ x }) => x <= Math.max(0.4, 2 * threshold)),
      mark: { x: threshold, label: 'in use' },
    })}
    ${dataTable<Economics['regret'][number]>({
      caption: 'Regret: cost per applicant given up against the cheapest threshold of the out-of-fold rows',
      columns: [
        { title: 'Threshold', cell: (point) => percent(point.threshold, 2) },
        { title: 'Regret', numeric: true, cell: (point) => withInterval({ ...point, value: point.regret }, 4) },
      ],
      rows: regret.filter((_, at) => at % 3 === 0),
    })}
    ${dataTable<Economics['capacity'][number]>({
      caption: 'Approving at most so many (out-of-fold rows; equal scores together or not at all)',
      columns: [
        { title: 'At most', cell: ({ maxApprovalShare }) => percent(maxApprovalShare, 0) },
        { title: 'Threshold', numeric: true, cell: (row) => percent(row.threshold, 2) },
        { title: 'Approved', numeric: true, cell: ({ approvalShare }) => percent(approvalShare) },
        { title: 'Of whom default', numeric: true, cell: ({ badRateAmongApproved }) => orDash(badRateAmongApproved, percent) },
        { title: 'Cost', numeric: true, cell: ({ costPerApplicant }) => decimal(costPerApplicant) },
        { title: 'Profit', numeric: true, cell: ({ profitPerApplicant }) => decimal(profitPerApplicant) },
      ],
      rows: capacity,
    })}`;
}

/** Whether the model is worth using at all, for whoever would refuse from another probability on. */
export function decisionCurveSection({ decisionCurve, threshold }: Assessment): Html {
  const used = decisionCurve.find((point) => point.threshold === threshold);
  return html`<p>
      Net benefit weighs a good loan refused by the odds of the threshold (Vickers and Elkin 2006): what the model gains over the better of
      refusing all and refusing nobody, in defaults caught per 1,000 applicants, for each probability from which somebody might refuse.
      ${used === undefined ? '' : `At the threshold in use: ${withInterval(perThousand(used.gain), 1)}.`}
    </p>
    ${lineChart({
      label: `Net benefit gained by threshold, in defaults caught per 1,000 applicants; ${used === undefined ? 'see the table' : `${decimal(1000 * used.gain.value, 1)} at the one in use`}.`,
      x: { title: 'Threshold: refuse at or above this calibrated probability', format: (value) => percent(value, 0) },
      y: { title: 'Defaults caught per 1,000' },
      points: decisionCurve.map(({ threshold: x, gain }) => ({ x, y: 1000 * gain.value, lo: 1000 * gain.lo, hi: 1000 * gain.hi })),
      mark: { x: threshold, label: 'in use' },
    })}
    ${dataTable<Assessment['decisionCurve'][number]>({
      caption: 'Net benefit per 1,000 applicants, in defaults caught; refusing nobody has 0',
      columns: [
        { title: 'Threshold', cell: (point) => percent(point.threshold, 1) },
        { title: 'Model', numeric: true, cell: ({ model }) => decimal(1000 * model, 1) },
        { title: 'Refusing all', numeric: true, cell: ({ refuseAll }) => decimal(1000 * refuseAll, 1) },
        { title: 'Gain', numeric: true, cell: ({ gain }) => withInterval(perThousand(gain), 1) },
      ],
      rows: decisionCurve.filter((_, at) => at % 3 === 0),
    })}`;
}

const perThousand = ({ value, lo, hi }: { readonly value: number; readonly lo: number; readonly hi: number }) => ({
  value: 1000 * value,
  lo: 1000 * lo,
  hi: 1000 * hi,
});

/** Money by loan; a sentence where the table has no terms. */
export function loanSection({ loans }: Assessment): Html {
  if (loans === null) return html`<p>The table names no amount and instalment of the loans: costs of single loans cannot be told.</p>`;
  return html`<p>
      A default loses ${percent(loans.lossGivenDefault, 0)} of the amount; refusing a payer forgoes the margin of that loan less what the
      average applicant in its place earns (Bahnsen 2014), with money at ${percent(loans.fundingRate, 2)} a year. The number of instalments
      is not in the data: it follows from amount, instalment and an assumed ${percent(loans.interestRate)} a year. ${whole(loans.rows)}
      loans, ${whole(loans.leftOut)} without amount or instalment left out. A loan’s own threshold lies between
      ${percent(loans.thresholds.q1)} and ${percent(loans.thresholds.q3)} for the middle half of the loans.
    </p>
    ${dataTable<(typeof loans)['rules'][number]>({
      caption: 'Money lost per loan by rule; savings against the better of granting and refusing all',
      columns: [
        { title: 'Rule', cell: ({ rule }) => rule },
        { title: 'Lost per loan', numeric: true, cell: ({ costPerLoan }) => moneyWithInterval(costPerLoan) },
        { title: 'Savings', numeric: true, cell: ({ savings }) => shareWithInterval(savings) },
        { title: 'Approved', numeric: true, cell: ({ approvalRate }) => percent(approvalRate) },
      ],
      rows: loans.rules,
    })}`;
}

/** Measures of the ranking that weigh errors, and the parts of the Brier score. */
export function measureSection({ ranking, brier, decisions, gains }: Assessment): Html {
  const { hMeasure, belief, expectedMaximumProfit, profitRefusedShare, maximumProfit } = ranking;
  const rows = [
    ['H-measure', withInterval(hMeasure), `cost ratio by Beta(${significant(belief.alpha)}, ${significant(belief.beta)})`],
    ['Expected maximum profit', withInterval(expectedMaximumProfit, 4), `share of a loan; refusing ${percent(profitRefusedShare)}`],
    ['Maximum profit', decimal(maximumProfit, 4), `at a loss of ${decimal(100 * MEAN_LOSS, 1)}% of the loan`],
    ['Brier score', decimal(brier.brier, 5), 'the sum of the next four, resolution subtracted'],
    ['Reliability', decimal(brier.reliability, 5), '0 is calibrated'],
    ['Resolution', decimal(brier.resolution, 5), 'large is informative'],
    ['Uncertainty', decimal(brier.uncertainty, 5), 'of the data, not of the model'],
    ['Within bins', decimal(brier.withinBins, 5), 'what ten bins blur'],
    ['Precision', percent(decisions.precision), 'defaulters among the refused'],
    ['Recall', percent(decisions.recall), 'refused among the defaulters'],
    ['F1', decimal(decisions.f1), ''],
    ['Matthews’ correlation', decimal(decisions.mcc), 'of decision and outcome'],
  ] as const;
  return html`${dataTable<(typeof rows)[number]>({
    caption: 'On the holdout; 95% intervals where given',
    columns: [
      { title: 'Measure', cell: ([name]) => name },
      { title: 'Value', numeric: true, cell: ([, value]) => value },
      { title: 'What it means', cell: ([, , note]) => note },
    ],
    rows,
  })}
  ${lineChart({
    label: 'Gains: share of defaulters refused by share of applicants refused, riskiest first.',
    x: { title: 'Applicants refused, riskiest first', format: (value) => percent(value, 0) },
    y: { title: 'Defaulters refused' },
    points: gains.x.map((x, at) => ({ x, y: gains.y[at] ?? 0 })),
  })}`;
}
