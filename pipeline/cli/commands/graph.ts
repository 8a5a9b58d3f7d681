import { assertNever } from '../../util/assert-never.ts';
import type { CommandBody } from '../command.ts';
import { graphEdges } from '../graph-formats/graph-edges.ts';
import { graphDot } from '../graph-formats/graph-dot.ts';
import { graphJson } from '../graph-formats/graph-json.ts';
import { graphMermaid } from '../graph-formats/graph-mermaid.ts';
import { graphText } from '../graph-formats/graph-text.ts';

type Format = 'term' | 'mermaid' | 'dot' | 'json';

export const graphCommand: CommandBody = async (args, io) => {
  const [{ openProject }, { loadPipeline }] = await Promise.all([
    import('../../execute/project.ts'),
    import('../../execute/load-pipeline.ts'),
  ]);
  const { pipeline } = await loadPipeline(openProject(io.cwd, io.env));
  const format = (args.text('format') ?? 'term') as Format;
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
