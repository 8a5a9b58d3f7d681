import type { Pipeline, Stage } from '../../graph/stage.ts';
import type { Paint } from '../../util/paint.ts';

/** A paragraph a stage, in topological order: what it is, what it takes, what it gives. */
export function graphText(pipeline: Pipeline, paint: Paint): string {
  const width = Math.max(0, ...pipeline.stages.map(({ name }) => name.length));
  const pad = ' '.repeat(width);
  const blocks = pipeline.stages.map((stage) => {
    const takes = takenFrom(stage);
    return [
      `${paint.bold(stage.name.padEnd(width))}  ${stage.kind === 'compute' ? '' : `${paint.yellow(stage.kind)}: `}${stage.description}`,
      ...(takes === '' ? [] : [`${pad}  ${paint.cyan('←')} ${takes}`]),
      `${pad}  ${paint.green('→')} ${paint.dim(Object.keys(stage.outputs).join(', '))}`,
    ].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

function takenFrom(stage: Stage): string {
  const byStage = new Map<string, string[]>();
  for (const source of Object.values(stage.inputs)) {
    const [from, what] =
      source.type === 'folder'
        ? [`files of ${source.key}`, '']
        : source.type === 'port'
          ? [source.stage, source.name]
          : [
              source.port.stage,
              source.type === 'columns' ? `${source.columns.length} columns of ${source.port.name}` : `${source.port.name}?`,
            ];
    byStage.set(from, [...(byStage.get(from) ?? []), what]);
  }
  return [...byStage].map(([from, ports]) => (ports.every((port) => port === '') ? from : `${from} (${ports.join(', ')})`)).join(', ');
}
