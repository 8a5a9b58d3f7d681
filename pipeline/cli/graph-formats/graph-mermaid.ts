import type { Pipeline, StageKind } from '../../graph/stage.ts';
import type { GraphEdge } from './graph-edges.ts';

const SHAPES: Readonly<Record<StageKind, readonly [open: string, close: string]>> = {
  compute: ['[', ']'],
  gate: ['{{', '}}'],
  effect: ['([', '])'],
};

/** A flowchart for GitHub and other Markdown: gates are hexagons, effects rounded, advisory inputs dotted. */
export function graphMermaid(pipeline: Pipeline, edges: readonly GraphEdge[]): string {
  const nodes = pipeline.stages.map(({ name, kind }) => `  ${id(name)}${SHAPES[kind][0]}${name}${SHAPES[kind][1]}`);
  const arrows = edges.map(({ from, to, advisory }) => `  ${id(from)} ${advisory ? '-.->' : '-->'} ${id(to)}`);
  return `${['flowchart LR', ...nodes, ...arrows].join('\n')}\n`;
}

/** `end` and dashes mean something to Mermaid. */
function id(name: string): string {
  return `s_${name.replaceAll('-', '_')}`;
}
