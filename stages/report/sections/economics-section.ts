import { thresholdReason } from '../../calibrate/threshold-reason.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, percent, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { ReportData } from '../report-data.ts';

interface Policy {
  readonly name: string;
  /** Cost units per applicant. */
  readonly cost: number;
}

/** The threshold and its economics, in words and per 1,000 applicants. */
export function economicsSection({ evaluation, decision }: ReportData): Html {
  const { headline, baselines, confusion, rows } = evaluation;
  const { costFalseNegative, costFalsePositive, threshold, thresholdFromData } = decision;
  const cost = headline.costPerApplicant;
  const per1000 = (count: number): string => whole((count / rows) * 1000);
  return html`<p>
      A loan that defaults costs ${significant(costFalseNegative)}, a good applicant refused costs ${significant(costFalsePositive)} (units
      of the config’s costs; the first is the scale of a lost loan). So an application is
      <strong>refused from a calibrated probability of default of ${percent(threshold, 2)}</strong> on: ${thresholdReason(decision)}.
    </p>
    <p>
      Of 1,000 applicants, the model refuses ${per1000(confusion.fp + confusion.tp)}: ${per1000(confusion.tp)} who would have defaulted and
      ${per1000(confusion.fp)} who would have paid. It grants ${per1000(confusion.tn + confusion.fn)}, of whom ${per1000(confusion.fn)}
      default.
    </p>
    <p>${comparison(cost.value, baselines.acceptAll)}</p>
    ${dataTable<Policy>({
      caption: 'Cost of a rule per 1,000 applicants of the holdout',
      columns: [
        { title: 'Rule', cell: ({ name }) => name },
        { title: 'Cost per 1,000', numeric: true, cell: ({ cost: value }) => whole(value * 1000) },
        { title: 'Against accepting all', numeric: true, cell: ({ cost: value }) => signed((value - baselines.acceptAll) * 1000) },
      ],
      rows: [
        { name: `The model (95% interval ${whole(cost.lo * 1000)} to ${whole(cost.hi * 1000)})`, cost: cost.value },
        { name: 'Accept everybody', cost: baselines.acceptAll },
        { name: 'Refuse everybody', cost: baselines.refuseAll },
      ],
    })}
    <p>
      On out-of-fold rows the cheapest threshold was ${decimal(thresholdFromData.value, 4)} (95% interval
      ${decimal(thresholdFromData.lo, 4)} to ${decimal(thresholdFromData.hi, 4)}). The threshold that follows from the costs gives up
      ${decimal(thresholdFromData.regretOfCostThreshold * 1000, 1)} per 1,000 applicants against it there, and was chosen without looking at
      any outcome.
    </p>`;
}

function comparison(model: number, acceptAll: number): string {
  const saved = (acceptAll - model) * 1000;
  if (saved <= 0)
    return `That costs ${whole(-saved)} more per 1,000 applicants than accepting everybody: at these costs the model does not pay.`;
  return `That saves ${whole(saved)} per 1,000 applicants against accepting everybody, ${percent(saved / (acceptAll * 1000), 0)} of the losses.`;
}

function signed(value: number): string {
  return value > 0 && Math.round(value) !== 0 ? `+${whole(value)}` : whole(value);
}
