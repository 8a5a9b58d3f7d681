import { assertNever } from '../../util/assert-never.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs, CommandBody } from '../command.ts';
import { graphEdges } from '../graph-formats/graph-edges.ts';
import { graphDot } from '../graph-formats/graph-dot.ts';
import { graphJson } from '../graph-formats/graph-json.ts';
import { graphMermaid } from '../graph-formats/graph-mermaid.ts';
import { graphText } from '../graph-formats/graph-text.ts';

type Format = 'term' | 'mermaid' | 'dot' | 'html' | 'json';

export const graphCommand: CommandBody = async (args, io) => {
  if (args.text('format') === 'html') return html(args, io);
  const [{ openProject }, { loadPipeline }] = await Promise.all([
    import('../../execute/project/project.ts'),
    import('../../execute/project/load-pipeline.ts'),
  ]);
  const { pipeline } = await loadPipeline(openProject(io.cwd, io.env));
  const format = (args.text('format') ?? 'term') as Exclude<Format, 'html'>;
  const edges = graphEdges(pipeline);
  switch (format) {
    case 'term':
      io.out(graphText(pipeline, io.outPaint));
      return 0;
    case 'mermaid':
      io.out(graphMermaid(pipeline, edges));
      return 0;
    case 'dot':
      io.out(graphDot(pipeline, edges));
      return 0;
    case 'json':
      io.out(`${JSON.stringify(graphJson(pipeline))}\n`);
      return 0;
    default:
      return assertNever(format);
  }
};

/** The drawing shows what is stale: this format needs the config, as a plan does. */
async function html(args: CommandArgs, io: CliIo): Promise<number> {
  const [{ openWork }, { planRun }, { WHOLE_GRAPH }, { graphHtml }] = await Promise.all([
    import('../open-work.ts'),
    import('../../execute/plan-run.ts'),
    import('../../execute/project/select-stages.ts'),
    import('../graph-formats/graph-html.ts'),
  ]);
  const { project, loaded, config } = await openWork(args, io);
  const { stages } = await planRun({ project, loaded, config: config.values, selection: WHOLE_GRAPH, force: null });
  io.out(graphHtml(loaded.pipeline, graphEdges(loaded.pipeline), stages));
  return 0;
}
