import type { GraphEdge } from './graph-edges.ts';

export interface LaidNode {
  readonly name: string;
  /** Centre, in px. */
  readonly x: number;
  readonly y: number;
}

export interface LaidEdge {
  readonly edge: GraphEdge;
  /** From the lower side of one box to the upper side of the other. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Another way leads there too, over stages in between. */
  readonly implied: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidNode[];
  readonly edges: readonly LaidEdge[];
}

export const NODE_WIDTH = 168;
export const NODE_HEIGHT = 52;
const GAP_X = 28;
const GAP_Y = 46;
const MARGIN = 14;
/** Room for an edge that passes a layer. */
const LANE_WIDTH = 14;
const SWEEPS = 12;

/** A box of a layer, or the place where an edge passes it. */
interface Slot {
  readonly name: string | null;
  readonly layer: number;
  readonly up: Slot[];
  readonly down: Slot[];
  /** Those of its neighbours that it is drawn in line with: not those to which a longer way leads as well. */
  readonly near: { readonly up: Slot[]; readonly down: Slot[] };
  order: number;
  x: number;
}

/**
 * Draws a graph in layers from top to bottom: each stage below all that it takes from, edges over several layers through
 * lanes of their own, the order in a layer by the mean of its neighbours (Sugiyama, Tagawa and Toda 1981).
 * @param names in topological order
 */
export function layOut(names: readonly string[], edges: readonly GraphEdge[]): Layout {
  const slots = new Map<string, Slot>();
  for (const name of names) {
    const layers = edges.flatMap(({ from, to }) => (to === name ? [(slots.get(from)?.layer ?? -1) + 1] : []));
    slots.set(name, newSlot(name, Math.max(0, ...layers)));
  }
  const implied = impliedEdges(names, edges);
  const chains = edges.map((edge) => ({ edge, chain: connect(slots.get(edge.from), slots.get(edge.to), !implied.has(edge)) }));
  const layers = groupByLayer([...slots.values(), ...chains.flatMap(({ chain }) => chain.slice(1, -1))]);
  orderLayers(layers);
  placeLayers(layers);
  const all = layers.flat();
  const left = Math.min(...all.map((slot) => slot.x - widthOf(slot) / 2));
  for (const slot of all) slot.x += MARGIN - left;
  const width = Math.max(0, ...all.map((slot) => slot.x + widthOf(slot) / 2)) + MARGIN;
  const nodes = [...slots.values()].map(({ name, x, layer }) => ({ name: name ?? '', x, y: centreOf(layer) }));
  const laid = chains.map(({ edge, chain }) => ({ edge, points: pointsOf(chain), implied: implied.has(edge) }));
  return { width, height: layers.length * (NODE_HEIGHT + GAP_Y) - GAP_Y + 2 * MARGIN, nodes, edges: laid };
}

function newSlot(name: string | null, layer: number): Slot {
  return { name, layer, up: [], down: [], near: { up: [], down: [] }, order: 0, x: 0 };
}

/** Links two slots, through a lane in every layer between them. */
function connect(from: Slot | undefined, to: Slot | undefined, inLine: boolean): readonly Slot[] {
  if (from === undefined || to === undefined) return [];
  const lanes = Array.from({ length: to.layer - from.layer - 1 }, (_, index) => newSlot(null, from.layer + 1 + index));
  const chain = [from, ...lanes, to];
  for (const [index, slot] of chain.entries()) {
    const next = chain[index + 1];
    if (next === undefined) break;
    slot.down.push(next);
    next.up.push(slot);
    if (inLine || slot.name === null) slot.near.down.push(next);
    if (inLine || next.name === null) next.near.up.push(slot);
  }
  return chain;
}

function groupByLayer(slots: readonly Slot[]): Slot[][] {
  const layers: Slot[][] = [];
  for (const slot of slots) (layers[slot.layer] ??= []).push(slot);
  for (const layer of layers) for (const [index, slot] of layer.entries()) slot.order = index;
  return layers;
}

/** Sorts each layer by the mean place of its neighbours above, then below, and so on. */
function orderLayers(layers: Slot[][]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const downwards = sweep % 2 === 0;
    for (const layer of downwards ? layers : layers.toReversed()) {
      const weight = new Map(layer.map((slot) => [slot, mean((downwards ? slot.up : slot.down).map(({ order }) => order)) ?? slot.order]));
      const sorted = layer.toSorted((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || a.order - b.order);
      layer.splice(0, layer.length, ...sorted);
      for (const [index, slot] of layer.entries()) slot.order = index;
    }
  }
}

/** Moves each slot towards its neighbours as far as those beside it allow. */
function placeLayers(layers: readonly Slot[][]): void {
  for (const layer of layers)
    settle(
      layer,
      layer.map(() => 0),
    );
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const downwards = sweep % 2 === 0;
    for (const layer of downwards ? layers : layers.toReversed()) {
      settle(
        layer,
        layer.map((slot) => mean((downwards ? slot.near.up : slot.near.down).map(({ x }) => x)) ?? slot.x),
      );
    }
  }
}

/** Places a layer near wished places without overlap: halfway between packing from the left and from the right. */
function settle(layer: readonly Slot[], wished: readonly number[]): void {
  const fromLeft: number[] = [];
  for (const [index, slot] of layer.entries()) {
    const previous = layer[index - 1];
    const least = previous === undefined ? Number.NEGATIVE_INFINITY : (fromLeft[index - 1] ?? 0) + distance(previous, slot);
    fromLeft.push(Math.max(wished[index] ?? 0, least));
  }
  const fromRight: number[] = [];
  for (let index = layer.length - 1; index >= 0; index -= 1) {
    const [slot, next] = [layer[index], layer[index + 1]];
    const most = slot === undefined || next === undefined ? Number.POSITIVE_INFINITY : (fromRight[index + 1] ?? 0) - distance(slot, next);
    fromRight[index] = Math.min(wished[index] ?? 0, most);
  }
  for (const [index, slot] of layer.entries()) slot.x = ((fromLeft[index] ?? 0) + (fromRight[index] ?? 0)) / 2;
}

function distance(a: Slot, b: Slot): number {
  return (widthOf(a) + widthOf(b)) / 2 + (a.name === null && b.name === null ? 0 : GAP_X);
}

function widthOf({ name }: Slot): number {
  return name === null ? LANE_WIDTH : NODE_WIDTH;
}

function centreOf(layer: number): number {
  return MARGIN + NODE_HEIGHT / 2 + layer * (NODE_HEIGHT + GAP_Y);
}

/** Ends are spread along the box, in the order of where they lead. */
function pointsOf(chain: readonly Slot[]): readonly (readonly [number, number])[] {
  const [first, second, last, before] = [chain[0], chain[1], chain.at(-1), chain.at(-2)];
  if (first === undefined || second === undefined || last === undefined || before === undefined) return [];
  const lanes = chain.slice(1, -1).flatMap(({ x, layer }): [number, number][] => [
    [x, centreOf(layer) - NODE_HEIGHT / 2],
    [x, centreOf(layer) + NODE_HEIGHT / 2],
  ]);
  return [
    [first.x + spread(first.down, second), centreOf(first.layer) + NODE_HEIGHT / 2],
    ...lanes,
    [last.x + spread(last.up, before), centreOf(last.layer) - NODE_HEIGHT / 2],
  ];
}

function spread(neighbours: readonly Slot[], one: Slot): number {
  const sorted = neighbours.toSorted((a, b) => a.x - b.x);
  const step = Math.min(14, (NODE_WIDTH * 0.7) / Math.max(1, sorted.length - 1));
  return (sorted.indexOf(one) - (sorted.length - 1) / 2) * step;
}

/** Edges between stages that other edges connect as well. */
function impliedEdges(names: readonly string[], edges: readonly GraphEdge[]): ReadonlySet<GraphEdge> {
  const into = new Map<string, GraphEdge[]>();
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  const above = new Map<string, ReadonlySet<string>>();
  for (const name of names) {
    const direct = (into.get(name) ?? []).map(({ from }) => from);
    above.set(name, new Set(direct.flatMap((from) => [from, ...(above.get(from) ?? [])])));
  }
  return new Set(
    edges.filter((edge) => (into.get(edge.to) ?? []).some(({ from }) => from !== edge.from && above.get(from)?.has(edge.from) === true)),
  );
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
