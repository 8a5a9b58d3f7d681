import { describe, expect, test } from '@jest/globals';
import { type Point, studyPoints } from './study-points.ts';
import { type Study, studySchema } from './study-schema.ts';
import { proposePoint, type Tried } from './tpe.ts';

const study = (seed: number, method: 'tpe' | 'random' = 'tpe', trials = 30): Study =>
  studySchema.parse({
    title: 't',
    method,
    trials,
    seed,
    space: {
      eta: { low: 0.001, high: 1, log: true },
      depth: { low: 1, high: 12, whole: true },
      kind: ['a', 'b', 'c', 'd'],
    },
    target: { metric: 'fit.loss', direction: 'minimize' },
  });

/** Least, 0, at eta 0.03, depth 4, kind "c". */
function loss({ overrides }: Point): number {
  const [eta, depth, kind] = ['eta', 'depth', 'kind'].map((key) => overrides[key]);
  return (Math.log10(Number(eta) / 0.03) / 3) ** 2 + ((Number(depth) - 4) / 11) ** 2 + (kind === 'c' ? 0 : 0.1);
}

function search(own: Study): readonly Point[] {
  const points = [...studyPoints(own)];
  const tried: Tried[] = points.map((point) => ({ coordinates: point.coordinates, loss: loss(point) }));
  for (let draw = points.length; draw < own.trials; draw++) {
    const point = proposePoint(own, draw, tried);
    points.push(point);
    tried.push({ coordinates: point.coordinates, loss: loss(point) });
  }
  return points;
}

describe('tpe', () => {
  test('comes nearer to the best point than as many random draws, in most searches', () => {
    const seeds = Array.from({ length: 10 }, (_, at) => at + 1);
    const best = (points: readonly Point[]): number => Math.min(...points.map(loss));
    const nearer = seeds.filter((seed) => best(search(study(seed))) < best(studyPoints(study(seed, 'random'))));
    // By chance alone 8 or more of 10 come about in one of 18.
    expect(nearer.length).toBeGreaterThanOrEqual(8);
  });

  test('begins as random does, draws the same again, and keeps the earlier points when more are asked for', () => {
    const few = search(study(7, 'tpe', 20));
    expect(few.slice(0, 10)).toEqual(studyPoints(study(7, 'random', 10)));
    expect(search(study(7, 'tpe', 20))).toEqual(few);
    expect(search(study(7, 'tpe', 25)).slice(0, 20)).toEqual(few);
    expect(search(study(8, 'tpe', 20))).not.toEqual(few);
  });

  test('stays in the space, and takes a loss that is not a number for nothing known', () => {
    const points = search(study(3));
    for (const { overrides } of points) {
      expect(Number(overrides['eta'])).toBeGreaterThanOrEqual(0.001);
      expect(Number(overrides['eta'])).toBeLessThanOrEqual(1);
      expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).toContain(overrides['depth']);
    }
    const own = study(3);
    const known = studyPoints(own).map((point): Tried => ({ coordinates: point.coordinates, loss: loss(point) }));
    const broken: Tried = { coordinates: { eta: 0.1, depth: 0.1, kind: 0.1 }, loss: Number.NaN };
    expect(proposePoint(own, 10, [...known, broken])).toEqual(proposePoint(own, 10, known));
    expect(proposePoint(own, 10, [])).toMatchObject({ overrides: { depth: expect.any(Number) } });
  });
});
