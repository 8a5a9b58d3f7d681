import { expect, test } from '@jest/globals';
import { keepWorldModel, servedArtifacts, servedWorld } from './served-world.ts';

test('two models of one book are kept under keys of their own, every file proven', async () => {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  const rival = await keepWorldModel(world, 'rival', `${artifactsDir}/serving`);
  expect(rival.files).toContain('fitted/state.json');
  expect(rival.key).not.toBe((await keepWorldModel(world, 'champion', `${artifactsDir}/serving`)).key);
});
