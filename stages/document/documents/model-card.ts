import { type Block, code, type Document, text, words } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { fixed, share, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';
import { calibrationBlocks } from './calibration-blocks.ts';
import { economicsBlocks } from './economics-blocks.ts';
import { explanationBlocks } from './explanation-blocks.ts';
import { headlineTable } from './metric-lines.ts';
import { digestTable, fairnessTables } from './shared-tables.ts';
import { trainingBlocks } from './training-blocks.ts';

/** What the model is, for whom, how good, and where it ends (after Mitchell et al. 2019). */
export function modelCard(evidence: Evidence): Document {
  const { evaluation, summary } = evidence;
  const [quote, ofSummary] = [quoteFrom('evaluation', evaluation), quoteFrom('summary', summary)];
  return {
    title: 'Model card: probability of default of a loan applicant',
    heading: words`Holdout AUC ${quote(({ headline }) => headline.auc.value, fixed(4))} (${quote(({ headline }) => headline.auc.lo, fixed(4))} to ${quote(({ headline }) => headline.auc.hi, fixed(4))}); cost per applicant ${quote(({ headline }) => headline.costPerApplicant.value, fixed(4))} (${quote(({ headline }) => headline.costPerApplicant.lo, fixed(4))} to ${quote(({ headline }) => headline.costPerApplicant.hi, fixed(4))})`,
    lead: [
      text`${ofSummary(({ library }) => library)} ${ofSummary(({ libraryVersion }) => libraryVersion)}, ${ofSummary((all) => all.rounds, whole)} rounds, ${derive(summary.features.length, whole, [ofSummary((all) => all.features.length)])} features; judged once on ${quote(({ rows }) => rows, whole)} clients whom no choice was made on, ${quote(({ positives }) => positives, whole)} of whom defaulted.`,
    ],
    sections: [
      { id: 'purpose', title: 'Purpose', blocks: purpose },
      { id: 'data', title: 'Data', blocks: dataBlocks(evidence) },
      { id: 'training', title: 'Training', blocks: trainingBlocks(evidence) },
      { id: 'metrics', title: 'Metrics', blocks: [headlineTable(evidence)] },
      { id: 'economics', title: 'Threshold and economics', blocks: economicsBlocks(evidence) },
      { id: 'calibration', title: 'Calibration', blocks: calibrationBlocks(evidence) },
      { id: 'explanations', title: 'Explanations', blocks: explanationBlocks(evidence) },
      {
        id: 'fairness',
        title: 'Fairness',
        blocks: [text`Groups are measured on approvals: who gets the loan. Small groups have wide margins.`, ...fairnessTables(evidence)],
      },
      { id: 'limits', title: 'Limits', blocks: limits },
      { id: 'reproduce', title: 'How to reproduce', blocks: [...reproduce, digestTable(evidence)] },
    ],
  };
}

const purpose: readonly Block[] = [
  text`Ranks loan applicants by their probability of default, for a decision to grant or refuse. It assists a credit officer, who may decide otherwise; it is not meant for pricing, for collections, or for people outside the population that it was trained on.`,
];

function dataBlocks({ summary, evaluation }: Evidence): readonly Block[] {
  const [ofSummary, quote] = [quoteFrom('summary', summary), quoteFrom('evaluation', evaluation)];
  return [
    text`Trained on ${ofSummary(({ rows }) => rows, whole)} clients, ${ofSummary(({ positives }) => positives, whole)} of whom defaulted (${ofSummary(({ baseRate }) => baseRate, share)}); judged on ${quote(({ rows }) => rows, whole)} others. The data sheet describes the tables.`,
  ];
}

export const limits: readonly Block[] = [
  {
    kind: 'list',
    items: [
      ['The outcome is known for granted loans only; people who were refused are missing from the data.'],
      ['The data carry no calendar date: the holdout is drawn at random and says nothing of how the model ages. Watch the drift report.'],
      ['Intervals cover the sampling of the holdout, not another training run or another year.'],
      ['A feature that stands in for sex or age may still be in use; the fairness tables show effects, not causes.'],
      ['The costs of the threshold are the same for every loan, whatever its amount.'],
    ],
  },
];

const reproduce: readonly Block[] = [
  text`Check out the commit that the run in MLflow names, with the same lock files; ${code('make run')} repeats every stage whose code, parameters or inputs differ, and only those. The digests below must come out again. ${code('predictions/holdout.parquet')} holds what every number of this card is computed from: ranking metrics from ${code('probability')}, log-loss, Brier and calibration from ${code('calibrated')}, cost and fairness from ${code('decision')}.`,
];
