import type { Costs } from './cost.ts';

/** Applicants on whom two rules decide alike or not. */
export interface SwapCell {
  readonly rows: number;
  readonly positives: number;
  /** Share that defaulted; null for an empty cell. */
  readonly defaultRate: number | null;
}

export interface SwapSet {
  readonly bothGrant: SwapCell;
  /** Granted by the challenger, refused by the champion. */
  readonly swappedIn: SwapCell;
  /** Refused by the challenger, granted by the champion. */
  readonly swappedOut: SwapCell;
  readonly bothRefuse: SwapCell;
  /** Cost per applicant that the swaps add; negative saves. */
  readonly costChange: number;
}

/** Who changes sides when a challenger takes the champion's place, and how those people paid. Decisions: 1 = refused. */
export function swapSet(target: ArrayLike<number>, challenger: ArrayLike<number>, champion: ArrayLike<number>, costs: Costs): SwapSet {
  const cells = Array.from({ length: 4 }, () => ({ rows: 0, positives: 0 }));
  for (let row = 0; row < target.length; row++) {
    const cell = cells[(challenger[row] === 1 ? 2 : 0) + (champion[row] === 1 ? 1 : 0)];
    if (cell === undefined) continue;
    cell.rows += 1;
    cell.positives += target[row] === 1 ? 1 : 0;
  }
  const [bothGrant, swappedIn, swappedOut, bothRefuse] = cells.map(closeCell);
  const change = (cell: SwapCell, sign: 1 | -1): number =>
    sign * (costs.falseNegative * cell.positives - costs.falsePositive * (cell.rows - cell.positives));
  const empty: SwapCell = { rows: 0, positives: 0, defaultRate: null };
  const [entering, leaving] = [swappedIn ?? empty, swappedOut ?? empty];
  return {
    bothGrant: bothGrant ?? empty,
    swappedIn: entering,
    swappedOut: leaving,
    bothRefuse: bothRefuse ?? empty,
    costChange: target.length === 0 ? 0 : (change(entering, 1) + change(leaving, -1)) / target.length,
  };
}

function closeCell({ rows, positives }: { readonly rows: number; readonly positives: number }): SwapCell {
  return { rows, positives, defaultRate: rows > 0 ? positives / rows : null };
}
