import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type GraphEdge, graphEdges } from '../../pipeline/cli/graph-formats/graph-edges.ts';
import { pipeline } from '../../stages/index.ts';

const root = join(import.meta.dirname, '../..');

/** Edges that no other way through the graph stands for. */
function direct(edges: readonly GraphEdge[]): readonly string[] {
  const leads = (from: string, to: string): boolean => edges.some((edge) => edge.from === from && (edge.to === to || leads(edge.to, to)));
  const detour = ({ from, to }: GraphEdge): boolean => edges.some((edge) => edge.from === from && edge.to !== to && leads(edge.to, to));
  return edges.filter((edge) => !detour(edge)).map(({ from, to }) => `${from} → ${to}`);
}

/** Arrows of lines such as `a --> b --> c` and `a & b --> c`; shapes such as `{{a}}` after a name do not count. */
function arrows(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => /-->|─►/.test(line));
  return lines.flatMap((line) => {
    const steps = line.split(/-->|─►/).map((step) => step.split(/[&,]/).map((name) => /\w+/.exec(name)?.[0] ?? ''));
    return steps.slice(1).flatMap((to, at) => (steps[at] ?? []).flatMap((from) => to.map((name) => `${from} → ${name}`)));
  });
}

test.each(['README.md', 'stages/index.ts'])(
  'the picture in %s has the arrows of the graph, but for those that follow from others',
  async (file) => {
    const drawn = arrows(await readFile(join(root, file), 'utf8'));
    expect(drawn.toSorted()).toEqual(direct(graphEdges(pipeline)).toSorted());
  },
);
