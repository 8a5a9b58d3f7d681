import { metricOf, namedMetrics } from './metric-name.ts';
import { runJudge } from './run-judge.ts';
import type { PlannedStudy } from './plan-study.ts';
import type { FailedPoint, FinishedPoint } from './run-study.ts';
import type { Estimate, ResultLine, ResultRow } from './study-journal.ts';

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Table of a study: means over repeats with intervals, differences from the first point, the best point by the target. */
export async function tabulate(
  planned: PlannedStudy,
  finished: readonly FinishedPoint[],
  failed: readonly FailedPoint[],
): Promise<ResultLine> {
  const { study } = planned.file;
  const names = [...new Set(namedMetrics(study).map(([, name]) => metricOf(name)))];
  const plain = finished.map((point) => plainRow(point, finished[0], names));
  const judged = study.judge === undefined || finished.length === 0 ? null : await runJudge(planned, finished);
  const rows = judged === null ? plain : plain.map((row, at) => joinRows(row, judged.rows[at]));
  const target = metricOf(study.target.metric);
  const sign = study.target.direction === 'maximize' ? 1 : -1;
  const best = rows.toSorted((a, b) => sign * ((b.metrics[target]?.value ?? -Infinity) - (a.metrics[target]?.value ?? -Infinity)))[0];
  return {
    type: 'result',
    finishedAt: new Date().toISOString(),
    failed: failed.map(({ label, error }) => ({ label, message: error.message })),
    best: best?.label ?? null,
    note: [spreadNote(study.repeat?.values.length ?? 1), ...(judged === null ? [] : [judged.note])].join(' '),
    rows,
  };
}

function joinRows(row: ResultRow, judged: Pick<ResultRow, 'metrics' | 'against'> | undefined): ResultRow {
  if (judged === undefined) return row;
  return { ...row, metrics: { ...row.metrics, ...judged.metrics }, against: judged.against };
}

function plainRow({ point, trials }: FinishedPoint, first: FinishedPoint | undefined, names: readonly string[]): ResultRow {
  const estimates = (value: (trial: number, name: string) => number): Record<string, Estimate> =>
    Object.fromEntries(names.map((name) => [name, estimate(trials.map((_, at) => value(at, name)))]));
  const of = (from: FinishedPoint, at: number, name: string): number => from.trials[at]?.metrics[name] ?? Number.NaN;
  const self: FinishedPoint = { point, trials };
  return {
    label: point.label,
    overrides: point.overrides,
    runs: trials.map(({ run }) => run),
    metrics: estimates((at, name) => of(self, at, name)),
    against: first === undefined || first.point === point ? null : estimates((at, name) => of(self, at, name) - of(first, at, name)),
  };
}

/** The mean with Student's 95 % interval; of one value no interval is known. */
function estimate(values: readonly number[]): Estimate {
  const value = meanOf(values);
  if (values.length < 2) return { value, lo: null, hi: null };
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (values.length - 1);
  const reach = studentQuantile(values.length - 1) * Math.sqrt(variance / values.length);
  return { value, lo: value - reach, hi: value + reach };
}

/** 97.5 % quantiles of Student's t with 1, 2, … degrees of freedom, as tables print them. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131];

/** Beyond the table by the first term of its expansion about the normal quantile (error below 0.001). */
function studentQuantile(degrees: number): number {
  const normal = 1.959964;
  return (
    STUDENT[degrees - 1] ??
    normal + (normal ** 3 + normal) / (4 * degrees) + (5 * normal ** 5 + 16 * normal ** 3 + 3 * normal) / (96 * degrees ** 2)
  );
}

function spreadNote(repeats: number): string {
  return repeats < 2
    ? 'Each point ran once: how far its metrics would vary is not known.'
    : `Means over ${repeats} repeats, with Student's 95% interval: it tells how the repeats differ, not how other rows would.`;
}
