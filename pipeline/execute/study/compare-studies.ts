import { SluiceError } from '../../errors/sluice-error.ts';
import { metricOf } from './metric-name.ts';
import type { Estimate, HeadLine, ResultLine, StudyJournal } from './study-journal.ts';

export interface StudyComparison {
  readonly a: Side;
  readonly b: Side;
  /** Whether the two are judged by the same metric; else values are not comparable. */
  readonly sameTarget: boolean;
  /** Points of either, those of `a` first. */
  readonly points: readonly {
    readonly label: string;
    readonly a: Estimate | null;
    readonly b: Estimate | null;
    readonly difference: number | null;
  }[];
}

interface Side extends Pick<HeadLine, 'name' | 'variant' | 'config' | 'set' | 'target'> {
  readonly best: string | null;
  readonly note: string;
}

/** Two finished studies point by point, by the target of the first. */
export function compareStudies(a: StudyJournal, b: StudyJournal): StudyComparison {
  const [first, second] = [resultOf(a), resultOf(b)];
  const value = (result: ResultLine, { target }: HeadLine, label: string): Estimate | null =>
    result.rows.find((row) => row.label === label)?.metrics[metricOf(target.metric)] ?? null;
  const sameTarget = a.head.target.metric === b.head.target.metric;
  const labels = [...new Set([...first.rows, ...second.rows].map(({ label }) => label))];
  const points = labels.map((label) => {
    const [of, against] = [value(first, a.head, label), value(second, b.head, label)];
    return { label, a: of, b: against, difference: sameTarget && of !== null && against !== null ? against.value - of.value : null };
  });
  return { a: sideOf(a.head, first), b: sideOf(b.head, second), sameTarget, points };
}

function sideOf({ name, variant, config, set, target }: HeadLine, { best, note }: ResultLine): Side {
  return { name, variant, config, set, target, best, note };
}

function resultOf({ result, head }: StudyJournal): ResultLine {
  if (result === null) throw new SluiceError('INTERNAL', `study ${head.name}@${head.variant} is not finished`);
  return result;
}
