import type { DriftColumn, DriftResult } from '../drift-schema.ts';
import { LIMITS } from '../limits.ts';

export type Level = DriftResult['verdict']['status'];

/** One rule's answer. `rule` is its name, with the column in brackets where it judges one. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  readonly value: number | null;
  readonly limit: number | null;
  readonly text: string;
}

/** The rules of `sluice drift` by name: what a waiver may name. */
export const RULES = ['rows', 'contract', 'score_psi', 'dataset_drift', 'missing', 'column_drift'] as const;

export interface Facts {
  readonly result: DriftResult;
  readonly minRows: number;
}

/** What each rule says of two compared parts, the passed ones too; those of single columns only where they fail. */
export function driftFindings({ result, minRows }: Facts): readonly Finding[] {
  const { reference, current, columns, score } = result;
  const least = Math.min(reference.rows, current.rows);
  const enough = least >= minRows;
  const contract = columns.flatMap((column) => contractFinding(column, enough));
  const rows: Finding = {
    rule: 'rows',
    level: enough ? 'ok' : 'insufficient',
    value: least,
    limit: minRows,
    text: `${reference.rows} rows in the reference and ${current.rows} in the current part; ${minRows} are needed in each.`,
  };
  const whole =
    contract.length > 0
      ? contract
      : [
          {
            rule: 'contract',
            level: 'ok',
            value: 0,
            limit: 0,
            text: 'Every column of the reference is there, of its type, with values.',
          } as const,
        ];
  if (!enough) return [rows, ...whole];
  return [
    rows,
    ...whole,
    ...(score === null ? [] : [scoreFinding(score)]),
    datasetFinding(result),
    ...columns.flatMap(missingFinding),
    ...columns.flatMap(columnFinding),
  ];
}

/** A column that the reference has must be in the batch, of the same type; in a batch of some size, with a value. */
function contractFinding({ name, skipReason, missing }: DriftColumn, enough: boolean): Finding[] {
  const gone = skipReason === 'absent from the current part' || skipReason?.startsWith('type changed') === true;
  const emptied = enough && skipReason === 'no value in the current part';
  if (skipReason === null || (!gone && !emptied)) return [];
  return [{ rule: `contract[${name}]`, level: 'broken', value: missing.current, limit: null, text: `${name}: ${skipReason}.` }];
}

function scoreFinding({ psi }: NonNullable<DriftResult['score']>): Finding {
  const { scorePsiAct: limit, scorePsiWatch: watch } = LIMITS;
  if (psi === null) return { rule: 'score_psi', level: 'watch', value: null, limit, text: 'The PSI of the score could not be computed.' };
  const level = psi >= limit ? 'act' : psi >= watch ? 'watch' : 'ok';
  return { rule: 'score_psi', level, value: psi, limit, text: `Score PSI ${psi.toFixed(3)}; watch from ${watch}, act from ${limit}.` };
}

function datasetFinding({ evidently }: DriftResult): Finding {
  const { numberOfDriftedColumns: drifted, numberOfColumns: all, shareOfDriftedColumns: value, driftShare: limit } = evidently;
  const text = `${drifted} of ${all} columns drifted, a share of ${value.toFixed(3)}; act from ${limit}.`;
  return { rule: 'dataset_drift', level: evidently.datasetDrift ? 'act' : 'ok', value, limit, text };
}

function missingFinding({ name, skipReason, missing }: DriftColumn): Finding[] {
  const shift = missing.current - missing.reference;
  if (skipReason !== null || Math.abs(shift) < LIMITS.missingShift) return [];
  const text = `${name}: missing values went from ${percent(missing.reference)} to ${percent(missing.current)}.`;
  return [{ rule: `missing[${name}]`, level: 'watch', value: shift, limit: LIMITS.missingShift, text }];
}

function columnFinding({ name, evidently }: DriftColumn): Finding[] {
  if (evidently === null || !evidently.drifted) return [];
  const { test, score, threshold } = evidently;
  const text = `${name}: ${test} ${score === null ? 'infinite' : Number(score.toPrecision(4))}, drift at ${threshold}.`;
  return [{ rule: `column_drift[${name}]`, level: 'watch', value: score, limit: threshold, text }];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
