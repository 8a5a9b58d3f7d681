import { didYouMean } from '../errors/close-match.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Port } from './port.ts';
import type { Pipeline, Stage } from './stage.ts';

export interface UpstreamPort {
  readonly input: string;
  readonly port: Port;
  readonly advisory: boolean;
}

/** Ports that a stage takes from other stages, blocking and advisory alike. */
export function upstreamPorts(stage: Stage): readonly UpstreamPort[] {
  return Object.entries(stage.inputs).flatMap(([input, source]): UpstreamPort[] => {
    switch (source.type) {
      case 'port':
        return [{ input, port: source, advisory: false }];
      case 'columns':
        return [{ input, port: source.port, advisory: false }];
      case 'advisory':
        return [{ input, port: source.port, advisory: true }];
      case 'folder':
        return [];
    }
  });
}

/**
 * Makes a pipeline of stages, in topological order (ties in the order given).
 * @throws SluiceError GRAPH_DUPLICATE for two stages of one name, GRAPH_UNKNOWN_STAGE for an input from a stage not listed,
 * GRAPH_UNKNOWN_COLUMN for a column that a table does not declare
 */
export function definePipeline(spec: Pipeline): Pipeline {
  const byName = new Map<string, Stage>();
  for (const stage of spec.stages) {
    if (byName.has(stage.name))
      throw new SluiceError('GRAPH_DUPLICATE', `two stages are named "${stage.name}"`, { hint: 'Rename one of them.' });
    byName.set(stage.name, stage);
  }
  for (const stage of spec.stages) {
    for (const { input, port } of upstreamPorts(stage)) {
      if (!byName.has(port.stage)) {
        throw new SluiceError(
          'GRAPH_UNKNOWN_STAGE',
          `input "${input}" of stage "${stage.name}" comes from "${port.stage}", which is not in pipeline "${spec.name}"`,
          {
            hint: `Add "${port.stage}" to the stages of the pipeline.`,
          },
        );
      }
    }
    requireColumns(stage);
  }
  const { name, commands } = spec;
  return { name, stages: sortTopologically(spec.stages, byName), ...(commands !== undefined && { commands }) };
}

/** A table that is open may hold columns that it does not declare: whether they are there shows when it is made. */
function requireColumns(stage: Stage): void {
  for (const [input, source] of Object.entries(stage.inputs)) {
    if (source.type !== 'columns' || source.port.spec.open) continue;
    const declared = Object.keys(source.port.spec.columns);
    const missing = source.columns.find((column) => !declared.includes(column));
    if (missing === undefined) continue;
    throw new SluiceError(
      'GRAPH_UNKNOWN_COLUMN',
      `input "${input}" of stage "${stage.name}" takes column "${missing}" of ${source.port.stage}.${source.port.name}, which declares no such column.${didYouMean(missing, declared)}`,
      { stage: stage.name, hint: `It declares: ${declared.join(', ')}.` },
    );
  }
}

function sortTopologically(stages: readonly Stage[], byName: ReadonlyMap<string, Stage>): readonly Stage[] {
  const sorted: Stage[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (stage: Stage, trail: readonly string[]): void => {
    if (state.get(stage.name) === 'done') return;
    if (state.get(stage.name) === 'open')
      throw new SluiceError('GRAPH_CYCLE', `stages form a cycle: ${[...trail, stage.name].join(' → ')}`);
    state.set(stage.name, 'open');
    for (const { port } of upstreamPorts(stage)) {
      const upstream = byName.get(port.stage);
      if (upstream !== undefined) visit(upstream, [...trail, stage.name]);
    }
    state.set(stage.name, 'done');
    sorted.push(stage);
  };
  for (const stage of stages) visit(stage, []);
  return sorted;
}
