import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GraphEdge } from './graph-edges.ts';
import { layOut, NODE_HEIGHT, NODE_WIDTH } from './layered-layout.ts';

const edge = (from: string, to: string): GraphEdge => ({ from, to, ports: ['p'], advisory: false });

test('draws each stage below all that it takes from; a way over others is implied', () => {
  const { nodes, edges } = layOut(['a', 'b', 'c'], [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')]);
  const heights = nodes.map(({ y }) => y);
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(new Set(heights).size).toBe(3);
  expect(edges.map(({ implied }) => implied)).toEqual([false, false, true]);
});

test('boxes of any graph do not overlap and lie inside the drawing, edges go from box to box', () => {
  const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 25 }).map((parents) => {
    const names = parents.map((_, index) => `s${index}`);
    const edges = parents.flatMap((from, index) =>
      index === 0 ? [] : [...new Set(from.map((parent) => parent % index))].map((parent) => edge(`s${parent}`, `s${index}`)),
    );
    return { names, edges };
  });
  fc.assert(
    fc.property(graphs, ({ names, edges }) => {
      const layout = layOut(names, edges);
      const at = new Map(layout.nodes.map((node) => [node.name, node]));
      for (const [index, a] of layout.nodes.entries()) {
        expect(a.x - NODE_WIDTH / 2).toBeGreaterThanOrEqual(0);
        expect(a.x + NODE_WIDTH / 2).toBeLessThanOrEqual(layout.width);
        expect(a.y + NODE_HEIGHT / 2).toBeLessThanOrEqual(layout.height);
        for (const b of layout.nodes.slice(index + 1)) expect(a.y !== b.y || Math.abs(a.x - b.x) >= NODE_WIDTH).toBe(true);
      }
      for (const {
        edge: { from, to },
        points,
      } of layout.edges) {
        const [first, last] = [points[0], points.at(-1)];
        expect(first?.[1]).toBe((at.get(from)?.y ?? 0) + NODE_HEIGHT / 2);
        expect(last?.[1]).toBe((at.get(to)?.y ?? 0) - NODE_HEIGHT / 2);
        expect(Math.abs((last?.[0] ?? 0) - (at.get(to)?.x ?? 0))).toBeLessThan(NODE_WIDTH / 2);
      }
    }),
  );
});
