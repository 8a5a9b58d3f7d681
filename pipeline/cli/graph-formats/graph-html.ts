import type { PlannedStage } from '../../execute/plan-run.ts';
import type { Pipeline, Stage } from '../../graph/stage.ts';
import { formatDuration, plural } from '../../util/format.ts';
import { escapeHtml } from './escape-html.ts';
import type { GraphEdge } from './graph-edges.ts';
import { graphSvg, stateOf } from './graph-svg.ts';
import { graphStyle } from './graph-style.ts';

/** One page that needs nothing else: the drawing, its key, and a row a stage with what it takes, gives, and why it is stale. */
export function graphHtml(pipeline: Pipeline, edges: readonly GraphEdge[], stages: readonly PlannedStage[]): string {
  const plan = new Map(stages.map((planned) => [planned.stage, planned]));
  const stale = stages.filter(({ action }) => action === 'run' || action === 'blocked').length;
  const summary =
    stale === 0
      ? `All ${plural(stages.length, 'stage')} are up to date.`
      : `Up to date: ${stages.length - stale} of ${plural(stages.length, 'stage')}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(pipeline.name)}: stages</title>
<style>${graphStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(pipeline.name)}</h1><p>${escapeHtml(summary)}</p></header>
<main>
<figure>
<div class="scroll" tabindex="0">${graphSvg(pipeline, edges, plan)}</div>
<figcaption>${key(pipeline, edges)}</figcaption>
</figure>
<h2>Stages</h2>
<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Stage</th><th scope="col">State</th><th scope="col">Takes</th><th scope="col">Gives</th><th scope="col" class="number">Usual time</th></tr></thead>
<tbody>
${pipeline.stages.map((stage) => tableRow(stage, plan.get(stage.name))).join('\n')}
</tbody>
</table></div>
</main>
</body>
</html>
`;
}

function key(pipeline: Pipeline, edges: readonly GraphEdge[]): string {
  const states =
    '<span class="fresh">fresh</span> <span class="stale">stale</span> <span class="maybe">may be stale: depends on what comes before</span> <span class="blocked">blocked</span>';
  const shapes = [
    pipeline.stages.some(({ kind }) => kind === 'gate') ? 'Pointed boxes are gates.' : '',
    pipeline.stages.some(({ kind }) => kind === 'effect') ? 'Round ones touch the world outside.' : '',
    edges.some(({ advisory }) => advisory) ? 'Dashed lines inform and do not block.' : '',
    'Faint lines skip stages that the way leads through as well.',
  ];
  return `${states} ${shapes.filter((text) => text !== '').join(' ')}`;
}

function tableRow(stage: Stage, planned: PlannedStage | undefined): string {
  const state = stateOf(planned);
  const kind = stage.kind === 'compute' ? '' : ` <small>${stage.kind}</small>`;
  const reason = planned === undefined || state.css === 'fresh' ? '' : `<br><small>${escapeHtml(planned.reason)}</small>`;
  const time = planned === undefined || planned.estimateMs === null ? '' : formatDuration(planned.estimateMs);
  return `<tr id="stage-${escapeHtml(stage.name)}"><th scope="row">${escapeHtml(stage.name)}${kind}<br><small>${escapeHtml(stage.description)}</small></th><td><span class="${state.css}">${state.word}</span>${reason}</td><td>${takes(stage)}</td><td>${Object.keys(stage.outputs).map(escapeHtml).join(', ')}</td><td class="number">${time}</td></tr>`;
}

function takes(stage: Stage): string {
  const sources = Object.values(stage.inputs).map((input) => {
    if (input.type === 'folder') return `files of ${escapeHtml(input.key)}`;
    const port = input.type === 'port' ? input : input.port;
    return `<a href="#stage-${escapeHtml(port.stage)}">${escapeHtml(port.stage)}</a>.${escapeHtml(port.name)}${input.type === 'advisory' ? '?' : ''}`;
  });
  return sources.join(', ');
}
