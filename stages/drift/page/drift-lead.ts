import { assertNever } from '../../../pipeline/index.ts';
import { badge, type Tone } from '../../pages/badge.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { LIMITS } from '../verdict.ts';

type Status = DriftResult['verdict']['status'];

const TONES: Readonly<Record<Status, Tone>> = { ok: 'ok', watch: 'watch', act: 'act', broken: 'act', insufficient: 'none' };
const WORDS: Readonly<Record<Status, string>> = {
  ok: 'OK',
  watch: 'Watch',
  act: 'Act',
  broken: 'Contract broken',
  insufficient: 'Not judged',
};

/** The verdict as one sentence. */
export function driftHeading({ verdict, evidently, current, score }: DriftResult): string {
  const { numberOfDriftedColumns: drifted, numberOfColumns: all } = evidently;
  switch (verdict.status) {
    case 'ok':
      return `Nothing has drifted: all ${all} columns and the scores are as they were.`;
    case 'watch':
      return drifted === 0
        ? 'Something has moved that deserves a look; no column has drifted.'
        : `Keep an eye on it: ${drifted} of ${all} columns have drifted.`;
    case 'act':
      return (score?.psi ?? 0) >= LIMITS.scorePsiAct
        ? `Act: the scores have shifted, and ${drifted} of ${all} columns have drifted.`
        : `Act: ${drifted} of ${all} columns have drifted.`;
    case 'broken':
      return 'Do not score this batch: it breaks the data contract.';
    case 'insufficient':
      return current.rows === 0
        ? 'There is nothing to compare with: the current part has no rows.'
        : 'There are too few rows to judge drift.';
    default:
      return assertNever(verdict.status);
  }
}

/** Badge, reasons and what to do. */
export function driftLead({ verdict }: DriftResult): Html {
  return html`<div class="verdict ${TONES[verdict.status]}">
    <p>${badge(TONES[verdict.status], WORDS[verdict.status])} <strong>${advice(verdict.status)}</strong></p>
    <ul>
      ${verdict.reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </div>`;
}

function advice(status: Status): string {
  switch (status) {
    case 'ok':
      return 'Nothing to do.';
    case 'watch':
      return 'Go on scoring. Find out why these columns moved before the next retraining, and compare again with the next batch.';
    case 'act':
      return 'Do not rely on the model’s probabilities for this population: find the cause, retrain on recent data or recalibrate, and let model risk decide on scoring meanwhile.';
    case 'broken':
      return 'Mend the source of the columns named here; neither score this batch nor retrain on it.';
    case 'insufficient':
      return 'Supply application_test with enough rows, or lower params.drift.minRows if so few rows are all there are.';
    default:
      return assertNever(status);
  }
}
