import type { PlannedStage } from '../../execute/plan-run.ts';
import type { Pipeline, Stage } from '../../graph/stage.ts';
import { formatDuration } from '../../util/format.ts';
import type { GraphEdge } from './graph-edges.ts';
import { escapeHtml } from './escape-html.ts';
import { type LaidEdge, type LaidNode, layOut, NODE_HEIGHT, NODE_WIDTH } from './layered-layout.ts';

/** The graph as one SVG; its colours are the page's. Every box leads to its row in the table below. */
export function graphSvg(pipeline: Pipeline, edges: readonly GraphEdge[], plan: ReadonlyMap<string, PlannedStage>): string {
  const {
    width,
    height,
    nodes,
    edges: laid,
  } = layOut(
    pipeline.stages.map(({ name }) => name),
    edges,
  );
  const stages = new Map(pipeline.stages.map((stage) => [stage.name, stage]));
  const boxes = nodes.flatMap((node) => {
    const stage = stages.get(node.name);
    return stage === undefined ? [] : [box(node, stage, plan.get(node.name))];
  });
  const size = `width="${Math.round(width)}" height="${Math.round(height)}" viewBox="0 0 ${Math.round(width)} ${Math.round(height)}"`;
  return `<svg ${size} role="img" aria-label="Stages of ${escapeHtml(pipeline.name)} and what flows between them">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
<g class="edges">${laid
    .toSorted((a, b) => Number(b.implied) - Number(a.implied))
    .map(arrow)
    .join('')}</g>
<g class="boxes">${boxes.join('')}</g>
</svg>`;
}

function arrow({ edge, points, implied }: LaidEdge): string {
  const classes = [implied ? 'implied' : '', edge.advisory ? 'advisory' : ''].filter((name) => name !== '').join(' ');
  const title = `${edge.from} → ${edge.to}: ${edge.ports.join(', ')}${edge.advisory ? ' (does not block)' : ''}`;
  return `<path class="${classes}" d="${curve(points)}"><title>${escapeHtml(title)}</title></path>`;
}

/** Through all points, upright at each. */
function curve(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => {
      const previous = points[index - 1];
      if (previous === undefined) return `M${fixed(x)} ${fixed(y)}`;
      const bend = (y - previous[1]) / 2;
      return x === previous[0]
        ? `L${fixed(x)} ${fixed(y)}`
        : `C${fixed(previous[0])} ${fixed(previous[1] + bend)} ${fixed(x)} ${fixed(y - bend)} ${fixed(x)} ${fixed(y)}`;
    })
    .join('');
}

function box({ x, y }: LaidNode, { name, kind, description }: Stage, planned: PlannedStage | undefined): string {
  const [left, top] = [x - NODE_WIDTH / 2, y - NODE_HEIGHT / 2];
  const state = stateOf(planned);
  const radius = kind === 'effect' ? NODE_HEIGHT / 2 : 6;
  const shape =
    kind === 'gate'
      ? `<path class="shape" d="M${fixed(left)} ${fixed(y)}l14 ${-NODE_HEIGHT / 2}h${NODE_WIDTH - 28}l14 ${NODE_HEIGHT / 2}l-14 ${NODE_HEIGHT / 2}h${28 - NODE_WIDTH}z"/>`
      : `<rect class="shape" x="${fixed(left)}" y="${fixed(top)}" width="${NODE_WIDTH}" height="${NODE_HEIGHT}" rx="${radius}"/>`;
  const detail = [state.word, planned?.estimateMs === null || planned === undefined ? '' : formatDuration(planned.estimateMs)]
    .filter((text) => text !== '')
    .join(' · ');
  return `<a href="#stage-${escapeHtml(name)}" class="${state.css}"><title>${escapeHtml(`${name}: ${description}`)}</title>${shape}<text x="${fixed(x)}" y="${fixed(y - 4)}" class="name">${escapeHtml(name)}</text><text x="${fixed(x)}" y="${fixed(y + 14)}" class="detail">${escapeHtml(detail)}</text></a>`;
}

export interface StateShown {
  readonly word: string;
  readonly css: 'fresh' | 'stale' | 'maybe' | 'blocked' | 'unknown';
}

/** A plan's word for the eye: whether what a stage made still holds. */
export function stateOf(planned: PlannedStage | undefined): StateShown {
  switch (planned?.action) {
    case 'reuse':
    case 'confirm':
      return { word: 'fresh', css: 'fresh' };
    case 'run':
      return planned.certain ? { word: 'stale', css: 'stale' } : { word: 'may be stale', css: 'maybe' };
    case 'blocked':
      return { word: 'blocked', css: 'blocked' };
    case undefined:
      return { word: '', css: 'unknown' };
  }
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
