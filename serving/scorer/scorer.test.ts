import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { type ServedWorld, servedArtifacts, servedWorld } from '../testing/served-world.ts';
import type { Scorer } from './scorer.ts';

let world: ServedWorld;
let scorer: Scorer;

beforeAll(async () => {
  world = await servedWorld();
  scorer = await openWorldScorer(world, await servedArtifacts(world));
}, 240_000);
afterAll(() => scorer.close());

test('somebody of the book and their raw rows have one score', async () => {
  const { ids } = await scorer.applicants({ limit: 3 });
  console.log(ids, scorer.status());
  const a = await scorer.score({ id: ids[0] ?? 0 });
  console.log(JSON.stringify(a, null, 1));
  const { rows } = await scorer.inputs({ id: ids[0] ?? 0 });
  const b = await scorer.score({ rows });
  expect({ ...b, applicantId: a.applicantId }).toEqual(a);
  const e = await scorer.explain({ id: ids[1] ?? 0 });
  console.log(JSON.stringify(e, null, 1).slice(0, 3000));
});
