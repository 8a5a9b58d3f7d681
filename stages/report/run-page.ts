import { html } from '../pages/html.ts';
import { pageDocument } from '../pages/page-document.ts';
import { whole } from '../pages/format.ts';
import type { ReportData } from './report-data.ts';
import { auditSection } from './sections/audit-section.ts';
import { calibrationSection } from './sections/calibration-section.ts';
import { dataSection } from './sections/data-section.ts';
import { driftSection } from './sections/drift-section.ts';
import { economicsSection } from './sections/economics-section.ts';
import { fairnessSection } from './sections/fairness-section.ts';
import { featureSection } from './sections/feature-section.ts';
import { figureSection } from './sections/figure-section.ts';
import { headlineTiles } from './sections/headline-tiles.ts';
import { ruleTable } from './sections/rule-table.ts';
import { trainingSection } from './sections/training-section.ts';
import { verdictBox, verdictHeading } from './sections/verdict-box.ts';

/** `run.html`. No date, no run id, no script: the same evidence gives the same bytes. */
export function runPage(data: ReportData): string {
  const { evaluation } = data;
  return pageDocument({
    title: 'Run report',
    kicker: `Run report · credit scoring · judged on ${whole(evaluation.rows)} held-out applicants, ${whole(evaluation.positives)} of whom defaulted`,
    heading: verdictHeading(data.verdict),
    lead: html`${verdictBox(data.verdict)}${headlineTiles(data)}`,
    sections: [
      { id: 'rules', title: 'Gate', body: ruleTable(data.verdict) },
      { id: 'economics', title: 'Decision and money', body: economicsSection(data) },
      { id: 'figures', title: 'Figures', body: figureSection(data.figures) },
      { id: 'calibration', title: 'Calibration', body: calibrationSection(data) },
      { id: 'fairness', title: 'Fairness', body: fairnessSection(evaluation) },
      { id: 'features', title: 'What the model looks at', body: featureSection(evaluation) },
      { id: 'drift', title: 'Drift', body: driftSection(data.drift) },
      { id: 'data', title: 'Data', body: dataSection(data) },
      { id: 'training', title: 'Training', body: trainingSection(data) },
      { id: 'audit', title: 'Audit', body: auditSection(data) },
    ],
    footer: html`<p>
      Intervals hold 95%: AUC by DeLong’s method, the others by a stratified bootstrap of the holdout. The holdout was set aside before
      training and used once.
    </p>`,
  });
}
