import { writeFile } from 'node:fs/promises';
import type { Calibrator, Decision } from '../../calibrate/stage.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { ModelSummary } from '../../train/stage.ts';
import type { Evaluation } from '../evaluation-schema.ts';
import type { Headline } from '../headline.ts';
import { calibrationSection } from './calibration-section.ts';
import { economicsSection } from './economics-section.ts';
import { fairnessSection } from './fairness-section.ts';
import { markdownTable } from './markdown-table.ts';
import { metricSection } from './metric-section.ts';
import { featureSection, trainingSection } from './training-section.ts';

export interface CardFacts {
  readonly evaluation: Evaluation;
  readonly judged: Headline;
  readonly summary: ModelSummary;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly catalogue: readonly CatalogueEntry[];
  /** Artifact to sha256. */
  readonly digests: Readonly<Record<string, string>>;
  readonly bootstrap: number;
  readonly explainedRows: number;
}

/** Writes the model card: every number in it comes from the artifacts. No date and no run id, so that equal work has an equal card. */
export async function writeModelCard(path: string, facts: CardFacts): Promise<void> {
  const sections = cardSections(facts).map(([title, body]) => `## ${title}\n\n${body}\n`);
  await writeFile(path, `# Model card: probability of default of a loan applicant\n\n${sections.join('\n')}`);
}

function cardSections(facts: CardFacts): readonly (readonly [string, string])[] {
  const { evaluation, judged, summary, calibrator, decision, catalogue, digests } = facts;
  return [
    ['Purpose', purpose],
    [
      'Data',
      `Home Credit’s tables, or synthetic ones of the same schema. What exactly, by sha256:\n\n${markdownTable(Object.entries(digests).map(([artifact, sha256]) => ({ Artifact: artifact, sha256 })))}`,
    ],
    ['Training', trainingSection(summary)],
    ['Features', featureSection(summary, catalogue)],
    ['Metrics', metricSection(evaluation, judged, facts.bootstrap)],
    ['Threshold and economics', economicsSection(evaluation, decision)],
    ['Calibration', calibrationSection(calibrator)],
    ['Explanations', explanationSection(facts)],
    ['Fairness', `Groups are measured on approvals: who gets the loan. Small groups have wide margins.\n\n${fairnessSection(evaluation)}`],
    ['Limits', limits],
    ['How to reproduce', reproduce],
  ];
}

const purpose = [
  'Ranks loan applicants by their probability of default, for a decision to grant or refuse. It assists a credit officer, who may decide otherwise;',
  'it is not meant for pricing, for collections, or for people outside the population that it was trained on.',
].join('\n');

function explanationSection({ evaluation, explainedRows }: CardFacts): string {
  const cells = evaluation.importance.slice(0, 10).map(({ feature, concept, meanAbsShap }) => ({
    Feature: feature,
    Concept: concept,
    'Mean absolute contribution': meanAbsShap.toFixed(4),
  }));
  const text = `Exact TreeSHAP contributions, in log-odds of default before calibration, of ${explainedRows} holdout clients. For each of them the contributions add up to the model’s margin (largest error ${evaluation.shapAdditivityError.toExponential(1)}).`;
  return `${text}\n\n${markdownTable(cells)}`;
}

const limits = [
  '- The outcome is known for granted loans only; people who were refused are missing from the data.',
  '- The data carry no calendar date: the holdout is drawn at random and says nothing of how the model ages. Watch the drift report.',
  '- Intervals cover the sampling of the holdout, not another training run or another year.',
  '- A feature that stands in for sex or age may still be in use; the fairness tables show effects, not causes.',
  '- The costs are the same for every loan, whatever its amount.',
].join('\n');

const reproduce = [
  '1. Check out the commit that the run in MLflow names, with the same lock files.',
  '2. `make run` (or `make run DATA=<folder>` for other tables) repeats every stage whose code, parameters or inputs differ, and only those.',
  '3. The digests above must come out again; `predictions/holdout.parquet` holds what every number of this card is computed from:',
  '   ranking metrics from `probability`, log-loss, Brier and ECE from `calibrated`, cost and fairness from `decision`.',
].join('\n');
