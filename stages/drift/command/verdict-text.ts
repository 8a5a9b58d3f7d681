import { assertNever } from '../../../pipeline/index.ts';
import { whole } from '../../pages/format.ts';
import type { DriftResult } from '../drift-schema.ts';

type Status = DriftResult['verdict']['status'];

/** The verdict in words for a terminal. */
export function verdictText({ verdict, reference, current, decision }: DriftResult, written: readonly string[]): string {
  const head = `${statusWord(verdict.status)}: ${current.name} (${rowsText(current.rows)}) against ${reference.name} (${rowsText(reference.rows)})`;
  const lines = [
    head,
    ...verdict.reasons.map((reason) => `  - ${reason}`),
    `${nextStep(verdict.status)} Exit code ${decision?.exit ?? 0}.`,
  ];
  return `${[...lines, ...written.map((path) => `wrote ${path}`)].join('\n')}\n`;
}

function rowsText(rows: number): string {
  return `${whole(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

export function statusWord(status: Status): string {
  switch (status) {
    case 'ok':
      return 'Nothing to do';
    case 'watch':
      return 'Watch';
    case 'act':
      return 'Act';
    case 'broken':
      return 'The data contract is broken';
    case 'insufficient':
      return 'Too few rows to judge';
    default:
      return assertNever(status);
  }
}

/** What is to be done, in one sentence. */
export function nextStep(status: Status): string {
  switch (status) {
    case 'ok':
      return 'Go on.';
    case 'watch':
      return 'Go on scoring, and find out why before the next retraining.';
    case 'act':
      return 'Find the cause, then retrain or recalibrate; model risk decides on scoring meanwhile.';
    case 'broken':
      return 'Do not score this batch and do not retrain on it: mend the source.';
    case 'insufficient':
      return 'Wait for more rows, or lower minRows in the policy.';
    default:
      return assertNever(status);
  }
}
