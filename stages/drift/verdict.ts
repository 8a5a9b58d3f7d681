import type { DriftColumn, DriftResult } from './drift-schema.ts';
import { LIMITS } from './limits.ts';

export type Verdict = DriftResult['verdict'];

export interface Evidence {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly minRows: number;
  readonly evidently: DriftResult['evidently'];
  readonly columns: readonly DriftColumn[];
  readonly score: DriftResult['score'];
}

/**
 * insufficient: either part has too few rows. act: score PSI ≥ 0.25, or Evidently's dataset drift. watch: score
 * PSI ≥ 0.1, a missing share moved by 10 points or more, a column drifted, or a column that the model's data had is gone or of
 * another type. ok otherwise. Every reason that holds is given, the gravest first.
 */
export function driftVerdict(evidence: Evidence): Verdict {
  const { rows, minRows } = evidence;
  if (Math.min(rows.reference, rows.current) < minRows) {
    const text = `Too few rows to judge: ${rows.reference} in the reference part, ${rows.current} in the current part, at least ${minRows} needed in each.`;
    return { status: 'insufficient', reasons: [text] };
  }
  const act = actReasons(evidence);
  const watch = watchReasons(evidence);
  if (act.length > 0) return { status: 'act', reasons: [...act, ...watch] };
  if (watch.length > 0) return { status: 'watch', reasons: watch };
  return { status: 'ok', reasons: ['No column drifted, no missing share moved by 10 points, and the scores are spread as before.'] };
}

function actReasons({ score, evidently }: Evidence): string[] {
  const reasons: string[] = [];
  if ((score?.psi ?? 0) >= LIMITS.scorePsiAct)
    reasons.push(`The scores have shifted: PSI ${fixed(score?.psi ?? 0)}, act from ${LIMITS.scorePsiAct}.`);
  if (evidently.datasetDrift) {
    const { numberOfDriftedColumns: drifted, numberOfColumns: all, driftShare } = evidently;
    reasons.push(`${drifted} of ${all} columns drifted, a share of ${fixed(drifted / all)}; act from ${driftShare}.`);
  }
  return reasons;
}

function watchReasons({ score, columns, evidently }: Evidence): string[] {
  const reasons: string[] = [];
  const psi = score?.psi ?? 0;
  if (psi >= LIMITS.scorePsiWatch && psi < LIMITS.scorePsiAct)
    reasons.push(`The scores have moved: PSI ${fixed(psi)}, watch from ${LIMITS.scorePsiWatch}.`);
  const moved = columns.filter(
    ({ skipReason, missing }) => skipReason === null && Math.abs(missing.current - missing.reference) >= LIMITS.missingShift,
  );
  if (moved.length > 0)
    reasons.push(
      `Missing values moved by 10 points or more in ${named(moved, ({ name, missing }) => `${name} (${points(missing.current - missing.reference)})`)}.`,
    );
  const drifted = columns.filter(({ evidently: verdict }) => verdict?.drifted === true);
  if (drifted.length > 0 && !evidently.datasetDrift) {
    const chance = drifted.filter(withinChance).length;
    const doubt =
      chance === 0 ? '' : ` Of these, ${chance} ${chance === 1 ? 'is' : 'are'} within twice what chance alone gives at these row counts.`;
    reasons.push(
      `${drifted.length} of ${evidently.numberOfColumns} columns drifted by Evidently’s rules: ${named(drifted, ({ name }) => name)}.${doubt}`,
    );
  }
  const broken = columns.filter(
    ({ skipReason }) => skipReason !== null && /^(absent|type changed|no value in the current|could not)/.test(skipReason),
  );
  if (broken.length > 0)
    reasons.push(`Not comparable any more: ${named(broken, ({ name, skipReason }) => `${name} (${skipReason ?? ''})`)}.`);
  return reasons;
}

/** Whether a distance is no more than twice the one that an unchanged column would have. */
function withinChance({ evidently, chance }: DriftColumn): boolean {
  return chance !== null && (evidently?.score ?? 0) <= 2 * chance;
}

/** The first five by name and how many more there are. */
function named(columns: readonly DriftColumn[], label: (column: DriftColumn) => string): string {
  const shown = columns.slice(0, 5).map(label).join(', ');
  return columns.length > 5 ? `${shown} and ${columns.length - 5} more` : shown;
}

function points(delta: number): string {
  return `${delta < 0 ? '−' : '+'}${Math.abs(delta * 100).toFixed(1)} points`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
