import type { Pipeline, StageKind } from '../../graph/stage.ts';
import type { GraphEdge } from './graph-edges.ts';

const SHAPES: Readonly<Record<StageKind, string>> = { compute: 'box', gate: 'hexagon', effect: 'ellipse' };

/** For Graphviz; hovering over an edge of its SVG names the ports. */
export function graphDot(pipeline: Pipeline, edges: readonly GraphEdge[]): string {
  const nodes = pipeline.stages.map(
    ({ name, kind, description }) => `  ${quote(name)} [shape=${SHAPES[kind]}, tooltip=${quote(description)}];`,
  );
  const arrows = edges.map(
    ({ from, to, ports, advisory }) =>
      `  ${quote(from)} -> ${quote(to)} [edgetooltip=${quote(ports.join(', '))}${advisory ? ', style=dashed' : ''}];`,
  );
  return `${[`digraph ${quote(pipeline.name)} {`, '  rankdir=LR;', '  node [fontname="sans-serif"];', ...nodes, ...arrows, '}'].join('\n')}\n`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
