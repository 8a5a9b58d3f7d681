import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Pipeline, Stage } from '../../graph/stage.ts';

/** Which part of the graph a command is about. */
export interface Selection {
  /** These stages and all they need; empty for the whole graph. */
  readonly targets: readonly string[];
  /** Only this stage and what depends on it. */
  readonly from: string | null;
  /** Only what this stage needs, and itself. */
  readonly to: string | null;
  /** Only the targets themselves, on the last good outputs of what they need. */
  readonly only: boolean;
}

export const WHOLE_GRAPH: Selection = { targets: [], from: null, to: null, only: false };

/** The stages selected, in topological order. @throws SluiceError GRAPH_UNKNOWN_STAGE with the nearest name */
export function selectStages(pipeline: Pipeline, selection: Selection): readonly Stage[] {
  const targets = [...selection.targets, ...(selection.to === null ? [] : [selection.to])].map((name) => findStage(pipeline, name).name);
  const wanted =
    targets.length === 0
      ? new Set(pipeline.stages.map((stage) => stage.name))
      : new Set(selection.only ? targets : closure(targets, pipeline, upstreamNames));
  const downstream = selection.from === null ? wanted : closure([findStage(pipeline, selection.from).name], pipeline, downstreamNames);
  return pipeline.stages.filter((stage) => wanted.has(stage.name) && downstream.has(stage.name));
}

export function findStage(pipeline: Pipeline, name: string): Stage {
  const found = pipeline.stages.find((stage) => stage.name === name);
  if (found !== undefined) return found;
  const names = pipeline.stages.map((stage) => stage.name);
  throw new SluiceError('GRAPH_UNKNOWN_STAGE', `there is no stage "${name}" in pipeline "${pipeline.name}".${didYouMean(name, names)}`, {
    hint: `The stages are: ${names.join(', ')}.`,
  });
}

function upstreamNames(stage: Stage): readonly string[] {
  return upstreamPorts(stage).map(({ port }) => port.stage);
}

function downstreamNames(stage: Stage, pipeline: Pipeline): readonly string[] {
  return pipeline.stages.filter((other) => upstreamNames(other).includes(stage.name)).map((other) => other.name);
}

function closure(start: readonly string[], pipeline: Pipeline, next: (stage: Stage, pipeline: Pipeline) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const other of next(findStage(pipeline, name), pipeline)) visit(other);
  };
  for (const name of start) visit(name);
  return reached;
}
