import type { Economics } from '../../calibrate/economics-schema.ts';
import { decimal, whole } from '../../pages/format.ts';
import { html } from '../../pages/html.ts';
import { pageDocument } from '../../pages/page-document.ts';
import type { Assessment } from '../assessment-schema.ts';
import { fairnessSection } from './fairness-section.ts';
import { sliceSection, timeSection } from './slice-section.ts';
import { decisionCurveSection, loanSection, measureSection, profitSection } from './worth-section.ts';

/** What the decision is worth and to whom. No date, no run id: the same evidence gives the same bytes. */
export function assessmentPage(assessment: Assessment, economics: Economics): string {
  const { profit, rows, positives, fairness } = assessment;
  const better = Math.max(profit.grantAll, profit.refuseAll);
  const gain = profit.perApplicant.value - better;
  const breaches = fairness.breaches.length === 0 ? '' : ` Approvals break a limit that binds: ${fairness.breaches.join(', ')}.`;
  return pageDocument({
    title: 'Worth and fairness',
    kicker: `Worth and fairness · credit scoring · ${whole(rows)} applicants of the holdout, ${whole(positives)} of whom defaulted`,
    heading: `${gain >= 0 ? 'The model earns' : 'The model loses'} ${decimal(Math.abs(gain))} per applicant against the better rule without a model.`,
    lead: html`<p class="lead">
      Measured on applicants that no choice was made on, at the threshold in use. Intervals hold 95%.${breaches}
    </p>`,
    sections: [
      { id: 'profit', title: 'Profit and threshold', body: profitSection(assessment, economics) },
      { id: 'decision-curve', title: 'Whatever the costs', body: decisionCurveSection(assessment) },
      { id: 'loans', title: 'Loan by loan', body: loanSection(assessment) },
      { id: 'measures', title: 'Measures', body: measureSection(assessment) },
      { id: 'slices', title: 'Slices', body: sliceSection(assessment) },
      { id: 'time', title: 'Order of time, and more data', body: timeSection(assessment) },
      { id: 'fairness', title: 'Fairness', body: fairnessSection(assessment) },
    ],
    footer: html`<p>
      Costs and profits are in the unit of the config. AUC has DeLong’s interval; the others come from a bootstrap stratified by outcome,
      the same resamples for all groups.
    </p>`,
  });
}
