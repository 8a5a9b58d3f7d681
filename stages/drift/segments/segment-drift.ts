import { populationStability } from '../../metrics/psi.ts';
import { pickRows, rowsWhere } from '../../metrics/picked-rows.ts';
import { finiteOrNull } from '../outlook/finite-or-null.ts';
import { PROTECTED } from './segment-sources.ts';
import type { SegmentResult } from './segments-schema.ts';

/** Fewer rows than this on either side and nothing is said of a group's shift. */
const LEAST_ROWS = 50;

export interface SegmentedPart {
  /** The model's own, one a row; NaN where there is none. */
  readonly probability: ArrayLike<number>;
  /** Calibrated. */
  readonly calibrated: ArrayLike<number>;
  /** Place in `groups`, one a row. */
  readonly code: ArrayLike<number>;
}

export interface SegmentParts {
  readonly attribute: string;
  readonly groups: readonly string[];
  readonly reference: SegmentedPart;
  readonly current: SegmentedPart;
  /** Refused from this calibrated probability on; null: not known. */
  readonly threshold: number | null;
}

type Group = SegmentResult['groups'][number];

/** Whether scores and approvals moved alike in every group of an attribute. Groups without a scored row on either side are left out. */
export function segmentDrift({ attribute, groups, reference, current, threshold }: SegmentParts): SegmentResult {
  const sides = { reference: scoredRows(reference), current: scoredRows(current) };
  const overall = difference(
    sideOf(reference, sides.reference, threshold).approvalRate,
    sideOf(current, sides.current, threshold).approvalRate,
  );
  const grouped = { reference: byCode(reference, sides.reference, groups.length), current: byCode(current, sides.current, groups.length) };
  const compared = groups.flatMap((group, code): Group[] => {
    const rows = { reference: grouped.reference[code] ?? new Uint32Array(), current: grouped.current[code] ?? new Uint32Array() };
    if (rows.reference.length + rows.current.length === 0) return [];
    const own = { reference: sideOf(reference, rows.reference, threshold), current: sideOf(current, rows.current, threshold) };
    if (Math.min(rows.reference.length, rows.current.length) < LEAST_ROWS)
      return [{ group, ...own, psi: null, psiP: null, approvalShift: null, beyondAll: null, z: null }];
    const stability = populationStability(pickRows(reference.probability, rows.reference), pickRows(current.probability, rows.current));
    return [{ group, ...own, psi: finiteOrNull(stability.psi), psiP: finiteOrNull(stability.nullProbability), ...approval(own, overall) }];
  });
  return { attribute, isProtected: PROTECTED.has(attribute), groups: compared };
}

function scoredRows({ probability }: SegmentedPart): Uint32Array {
  return rowsWhere(probability.length, (row) => Number.isFinite(probability[row]));
}

/** The rows of each group, in their order. */
function byCode({ code }: SegmentedPart, rows: Uint32Array, groups: number): readonly Uint32Array[] {
  const sizes = new Uint32Array(groups);
  for (let at = 0; at < rows.length; at++) sizes[code[rows[at] ?? 0] ?? groups] = (sizes[code[rows[at] ?? 0] ?? groups] ?? 0) + 1;
  const grouped = Array.from(sizes, (size) => new Uint32Array(size));
  const next = new Uint32Array(groups);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const group = code[row] ?? groups;
    const own = grouped[group];
    if (own === undefined) continue;
    own[next[group] ?? 0] = row;
    next[group] = (next[group] ?? 0) + 1;
  }
  return grouped;
}

function sideOf({ calibrated }: SegmentedPart, rows: Uint32Array, threshold: number | null): Group['reference'] {
  if (rows.length === 0) return { rows: 0, meanPd: null, approvalRate: null };
  const own = pickRows(calibrated, rows);
  const granted = threshold === null ? null : own.reduce((sum, p) => sum + (p < threshold ? 1 : 0), 0) / own.length;
  return { rows: own.length, meanPd: finiteOrNull(own.reduce((sum, p) => sum + p, 0) / own.length), approvalRate: granted };
}

/** The shift of a group's approval rate, and beyond that of all: normal, of two samples. */
function approval(
  { reference, current }: Pick<Group, 'reference' | 'current'>,
  overall: number | null,
): Pick<Group, 'approvalShift' | 'beyondAll' | 'z'> {
  const shift = difference(reference.approvalRate, current.approvalRate);
  if (shift === null || overall === null) return { approvalShift: null, beyondAll: null, z: null };
  const variance = ({ rows, approvalRate }: Group['reference']): number => ((approvalRate ?? 0) * (1 - (approvalRate ?? 0))) / rows;
  const error = Math.sqrt(variance(reference) + variance(current));
  return { approvalShift: shift, beyondAll: shift - overall, z: error > 0 ? (shift - overall) / error : 0 };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
