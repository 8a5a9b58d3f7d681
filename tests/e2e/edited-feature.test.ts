import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FAMILY_NAMES } from '../../stages/features/family-names.ts';
import { buildCli, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';

/** The feature program of the credit graph, and a stage that reads one of its columns. */
const GRAPH = `import { z } from 'zod';
import { artifact, columns, definePipeline, defineStage } from '../pipeline/index.ts';
import { features } from './features/stage.ts';
import { ingest } from './ingest/stage.ts';
import { validate } from './validate/stage.ts';
export const scores = defineStage({
  name: 'scores',
  description: 'Reads one column of the features',
  inputs: { table: columns(features.out.table, ['ext_mean']) },
  outputs: { path: artifact.json(z.string()) },
  run: () => import('./scores.ts'),
});
export const pipeline = definePipeline({ name: 'edited', stages: [ingest, validate, features, scores] });
`;
const BODY = 'export default async ({ outputs }) => { await outputs.path.write("read"); };\n';
const SQL = 'stages/features/sql';

let dir: string;
beforeAll(async () => {
  await buildCli();
  dir = await mkdtemp(join(tmpdir(), 'sluice edit é-'));
  for (const part of ['stages', 'pipeline', 'configs', 'serving', 'package.json', 'package-lock.json'])
    await cp(join(REPOSITORY, part), join(dir, part), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(dir, 'node_modules'));
});
afterAll(() => rm(dir, { recursive: true }));

/** What the run did with each stage. */
async function run(): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await runCli(dir, ['run', '-c', 'configs/edited.yaml', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const events = stdout
    .trim()
    .split('\n')
    .map((line): { type: string; stage: string; outcome: string } => JSON.parse(line));
  return Object.fromEntries(events.filter(({ type }) => type === 'stage.finished').map(({ stage, outcome }) => [stage, outcome]));
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(dir, SQL, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(dir, SQL, file), text.replace(from, to));
}

test('a feature edited: its stage runs again, what is before it does not, and what follows only where it reads what changed', async () => {
  await writeFile(join(dir, 'stages/index.ts'), GRAPH);
  await writeFile(join(dir, 'stages/scores.ts'), BODY);
  // One family is enough, and planning the others is most of what a run costs.
  const without = FAMILY_NAMES.filter((name) => name !== 'interest').join(', ');
  const params = `{validate: {minPositives: 2}, features: {without: [${without}]}}`;
  await writeFile(join(dir, 'configs/edited.yaml'), `source: {kind: synthetic, scale: 0.001}\nparams: ${params}\n`);
  const all = { ingest: 'executed', validate: 'executed', features: 'executed', scores: 'executed' };
  expect(await run()).toEqual(all);
  const before = { ingest: 'reused', validate: 'reused' };

  // Another column: the one that `scores` reads is what it was.
  await edit('families/interest.sql', 'decided >= -365', 'decided >= -400');
  expect(await run()).toEqual({ ...before, features: 'executed', scores: 'reused' });

  await edit('application.sql', 'nullif(3 - ext_nulls, 0) as mean_ext', 'nullif(4 - ext_nulls, 0) as mean_ext');
  expect(await run()).toEqual({ ...all, ...before });

  // Another way to write the same: the table is what it was.
  await edit('families/interest.sql', 'decided >= -400', '-400 <= decided');
  expect(await run()).toEqual({ ...before, features: 'executed', scores: 'reused' });
});
