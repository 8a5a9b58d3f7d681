import { type Block, code, type Document, text, words } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { fixed, share, significant, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';
import { calibrationBlocks } from './calibration-blocks.ts';
import { contractBlocks } from './data-sheet.ts';
import { economicsBlocks } from './economics-blocks.ts';
import { explanationBlocks } from './explanation-blocks.ts';
import { headlineTable } from './metric-lines.ts';
import { limits } from './model-card.ts';
import { digestTable, fairnessTables, metricTable, tablesRead } from './shared-tables.ts';
import { trainingBlocks } from './training-blocks.ts';

/** The evidence by which a second person may challenge the model: soundness, outcomes, what watches it, what was decided. */
export function validationReport(evidence: Evidence): Document {
  const { verdict } = evidence;
  const quote = quoteFrom('verdict', verdict);
  const failed = verdict === null ? 0 : verdict.rules.filter(({ passed }) => !passed).length;
  return {
    title: 'Validation report',
    heading:
      verdict === null
        ? ['The gate has not judged this model.']
        : words`The gate ${verdict.verdict === 'passed' ? 'lets the model pass' : 'holds the model back'}: ${derive(failed, whole, [quote((all) => all?.rules.length)])} of ${quote((all) => all?.rules.length, whole)} rules failed.`,
    lead: [
      text`Conceptual soundness, outcomes and monitoring in the order in which supervisors of model risk ask for them. What a person has to add is said where it belongs: this page holds evidence, not a signature.`,
    ],
    sections: [
      { id: 'gate', title: 'Verdict of the gate', blocks: gateBlocks(evidence) },
      { id: 'data', title: 'Data', blocks: [tablesRead(evidence), ...contractBlocks(evidence, 'broken')] },
      { id: 'soundness', title: 'Conceptual soundness', blocks: [...trainingBlocks(evidence), ...explanationBlocks(evidence)] },
      {
        id: 'outcomes',
        title: 'Outcomes',
        blocks: [headlineTable(evidence), ...economicsBlocks(evidence), ...calibrationBlocks(evidence), ...liftBlocks(evidence)],
      },
      { id: 'fairness', title: 'Fairness on approvals', blocks: fairnessTables(evidence) },
      { id: 'monitoring', title: 'Monitoring', blocks: driftBlocks(evidence) },
      { id: 'limits', title: 'Limits', blocks: limits },
      {
        id: 'all',
        title: 'Every number that was logged',
        blocks: [
          metricTable('evaluateMetrics', evidence.evaluateMetrics, 'Of evaluate'),
          metricTable('assessMetrics', evidence.assessMetrics, 'Of assess'),
          metricTable('trainMetrics', evidence.trainMetrics, 'Of train, single values'),
          metricTable('calibrationMetrics', evidence.calibrationMetrics, 'Of calibrate'),
        ],
      },
      { id: 'sign', title: 'To be added by people', blocks: toAdd },
      { id: 'audit', title: 'Audit', blocks: [digestTable(evidence)] },
    ],
  };
}

const toAdd: readonly Block[] = [
  {
    kind: 'list',
    items: [
      ['Who owns the model, who challenged it, and what they asked for.'],
      ['Why this use, this population and these costs.'],
      ['Overrides by credit officers, and complaints, since the last review.'],
      ['Date, name and signature. The alias in the registry moves with a recorded reason only.'],
    ],
  },
];

function gateBlocks({ verdict }: Evidence): readonly Block[] {
  if (verdict === null) return [text`The gate has no verdict.`];
  const quote = quoteFrom('verdict', verdict);
  return [
    text`Compared with: ${quote(({ against }) => against)}.`,
    {
      kind: 'table',
      caption: 'Rules',
      head: ['Rule', 'Outcome', 'Value', 'Limit', 'Reason'],
      rows: verdict.rules.map(({ passed }, index) => [
        [code(quote(({ rules }) => rules[index]?.rule))],
        [passed ? 'holds' : 'fails'],
        [quote(({ rules }) => rules[index]?.value, significant)],
        [quote(({ rules }) => rules[index]?.limit, significant)],
        [quote(({ rules }) => rules[index]?.reason)],
      ]),
    },
  ];
}

function liftBlocks({ evaluation }: Evidence): readonly Block[] {
  const quote = quoteFrom('evaluation', evaluation);
  return [
    {
      kind: 'table',
      caption: 'Default rate by tenth of the score, riskiest first',
      head: ['Tenth', 'Clients', 'Defaulted', 'Rate', 'Lift'],
      rows: evaluation.lift.map((_, index) => [
        [quote(({ lift }) => lift[index]?.decile)],
        [quote(({ lift }) => lift[index]?.count, whole)],
        [quote(({ lift }) => lift[index]?.positives, whole)],
        [quote(({ lift }) => lift[index]?.rate, share)],
        [quote(({ lift }) => lift[index]?.lift, fixed(2))],
      ]),
    },
    {
      kind: 'table',
      caption: 'Calibration by bins of equal size',
      head: ['Clients', 'Predicted', 'Observed'],
      rows: evaluation.calibration.map((_, index) => [
        [quote(({ calibration }) => calibration[index]?.count, whole)],
        [quote(({ calibration }) => calibration[index]?.predicted, share)],
        [quote(({ calibration }) => calibration[index]?.observed, share)],
      ]),
    },
  ];
}

function driftBlocks({ drift }: Evidence): readonly Block[] {
  if (drift === null) return [text`The drift stage did not come to an end.`];
  const quote = quoteFrom('drift', drift);
  return [
    text`Between ${code(quote(({ reference }) => reference.name))} (${quote(({ reference }) => reference.rows, whole)} rows) and ${code(quote(({ current }) => current.name))} (${quote(({ current }) => current.rows, whole)} rows) ${quote(({ evidently }) => evidently.numberOfDriftedColumns, whole)} of ${quote(({ evidently }) => evidently.numberOfColumns, whole)} columns drifted. Verdict: ${quote(({ verdict }) => verdict.status)}.`,
    { kind: 'list', items: drift.verdict.reasons.map((_, index) => [quote(({ verdict }) => verdict.reasons[index])]) },
    ...(drift.score === null ? [] : [text`Population stability of the score: ${quote(({ score }) => score?.psi, fixed(4))}.`]),
  ];
}
