/** Share of each level; they sum to about one and are normalised. The empty name stands for a missing value. */
export type Shares = Readonly<Record<string, number>>;

/** Slots of a ranked fact: its levels in order, each as often as its share, so that a low number draws an early level. */
const SLOTS = 1000;

/** The level of each slot; every level has one at least. */
export function rankedSlots(shares: Shares): string[] {
  const levels = Object.keys(shares);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const counts = levels.map((level) => Math.max(1, Math.round(((shares[level] ?? 0) / total) * SLOTS)));
  const most = counts.indexOf(Math.max(...counts));
  const excess = counts.reduce((sum, count) => sum + count, 0) - SLOTS;
  return levels.flatMap((level, index) => Array.from({ length: (counts[index] ?? 0) - (index === most ? excess : 0) }, () => level));
}

/** Walker's alias table: cell i gives its own level below `cut[i]`, else the level of cell `other[i]`. Shares come out exactly. */
export interface AliasTable {
  readonly levels: readonly string[];
  readonly cut: readonly number[];
  readonly other: readonly number[];
}

/** Vose's construction (1991) of the alias table. */
export function aliasTable(shares: Shares): AliasTable {
  const levels = Object.keys(shares);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const weight = levels.map((level) => ((shares[level] ?? 0) / total) * levels.length);
  const cut = levels.map(() => 1);
  const other = levels.map((_, index) => index);
  const small = weight.flatMap((value, index) => (value < 1 ? [index] : []));
  const large = weight.flatMap((value, index) => (value < 1 ? [] : [index]));
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() ?? 0;
    const rich = large.at(-1) ?? 0;
    cut[poor] = weight[poor] ?? 1;
    other[poor] = rich;
    weight[rich] = (weight[rich] ?? 0) + (weight[poor] ?? 0) - 1;
    if ((weight[rich] ?? 0) < 1) small.push(large.pop() ?? 0);
  }
  return { levels, cut, other };
}
