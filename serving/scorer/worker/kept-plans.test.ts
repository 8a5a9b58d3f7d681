import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { expect, test } from '@jest/globals';
import { openWorldScorer } from '../../testing/open-world-scorer.ts';
import { servedArtifacts, servedWorld } from '../../testing/served-world.ts';
import type { FeaturePlans } from './feature-maker.ts';

test('plans that cannot be read are made anew, and what they do not know DuckDB itself answers: the same bits', async () => {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  const folder = join(artifactsDir, 'serving', 'plans');
  const kept = async (): Promise<string> => join(folder, (await readdir(folder))[0] ?? '');
  const rows = { application_test: [{ AMT_CREDIT: 450_000, AMT_ANNUITY: 21_000, NAME_CONTRACT_TYPE: 'Cash loans' }] };
  const scored = async (): Promise<readonly unknown[]> => {
    await using scorer = await openWorldScorer(world, artifactsDir, { book: false });
    const { featureDigest, logOdds } = await scorer.score({ rows });
    return [featureDigest, logOdds];
  };
  const first = await scored();
  const whole = await readFile(await kept());

  await writeFile(await kept(), whole.subarray(0, whole.length / 2));
  expect(await scored()).toEqual(first);
  expect(await readFile(await kept())).toEqual(whole);

  const plans = deserialize(whole) as FeaturePlans;
  await writeFile(await kept(), serialize({ ...plans, applicant: { ...plans.applicant, plan: {} } } satisfies FeaturePlans));
  expect(await scored()).toEqual(first);
});
