import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Pipeline } from '../../graph/stage.ts';

/** All that flows from one stage to another. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  /** Only through inputs that do not block. */
  readonly advisory: boolean;
}

/** One edge for each pair of stages, in the order of the stages. */
export function graphEdges(pipeline: Pipeline): readonly GraphEdge[] {
  return pipeline.stages.flatMap((stage) => {
    const inputs = upstreamPorts(stage);
    const upstream = [...new Set(inputs.map(({ port }) => port.stage))];
    return upstream.map((from) => {
      const flowing = inputs.filter(({ port }) => port.stage === from);
      return { from, to: stage.name, ports: flowing.map(({ port }) => port.name), advisory: flowing.every(({ advisory }) => advisory) };
    });
  });
}
