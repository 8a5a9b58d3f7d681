import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { collectGarbage, type Collection } from '../../pipeline/execute/collect/collect-garbage.ts';
import { loadPipeline } from '../../pipeline/execute/project/load-pipeline.ts';
import { digestOf } from '../../pipeline/fingerprint/digest.ts';
import { REPOSITORY } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';
import { noServerBecause, startTemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const because = noServerBecause(REPOSITORY);
const withServer = because === undefined ? test : test.skip;

/** A model, and an effect that takes it. What the effect sends, the tests send themselves. */
const stages = {
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const model = defineStage({ name: 'model', description: '', params: z.strictObject({ n: z.int() }), outputs: { file: artifact.json(z.unknown()) }, run: () => import('./model.ts') });
const send = defineStage({ name: 'send', kind: 'effect', description: '', inputs: { model: model.out.file }, outputs: { sent: artifact.json(z.unknown()) }, run: () => import('./send.ts') });
export const pipeline = definePipeline({ name: 'x', stages: [model, send] });
`,
  'stages/model.ts': 'export default async ({ params, outputs }) => { await outputs.file.write({ model: params.n }); };\n',
  'stages/send.ts':
    'export default async ({ inputs, outputs }) => { await outputs.sent.write({ sent: (await inputs.model.read()).model }); };\n',
};
const bytes = (n: number): string => `${JSON.stringify({ model: n }, null, 1)}\n`;

/** Models 1 to 3, made one after the other; only the newest run is kept. */
async function threeModels(): Promise<TempProject> {
  const project = await TempProject.create(stages);
  for (const n of [1, 2, 3]) await project.run({ params: { model: { n } } });
  const then = new Date(Date.now() - 7_200_000);
  for (const entry of await readdir(project.project.artifactsDir, { recursive: true, withFileTypes: true }))
    await utimes(join(entry.parentPath, entry.name), then, then);
  return project;
}

async function dryRun(project: TempProject, uri: string): Promise<Collection> {
  const { pipeline } = await loadPipeline(project.project);
  return collectGarbage({ project: project.project, pipeline, config: { tracking: { uri } }, env: {}, keepRuns: 1, dryRun: true });
}

const fateOf = ({ objects }: Collection, n: number) =>
  objects.find(({ kind, name }) => kind === 'blob' && name.startsWith(digestOf(bytes(n))));

describe('a model that is registered in MLflow', () => {
  withServer(`lives until its version is deleted there${because === undefined ? '' : ` (skipped: ${because})`}`, async () => {
    await using project = await threeModels();
    await using server = await startTemporaryServer(REPOSITORY);
    const call = async (endpoint: string, body: unknown, method = 'POST'): Promise<void> => {
      const answer = await fetch(`${server.uri}/api/2.0/mlflow/${endpoint}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
    };
    await call('registered-models/create', { name: 'café' });
    for (const n of [1, 2])
      await call('model-versions/create', {
        name: 'café',
        source: 's3://elsewhere/model',
        tags: [{ key: 'sluice.sha256.model.json', value: digestOf(bytes(n)) }],
      });
    const both = await dryRun(project, server.uri);
    expect(fateOf(both, 1)).toMatchObject({ lives: true, reason: 'model.file: in MLflow as café version 1' });
    expect(fateOf(both, 2)).toMatchObject({ lives: true, reason: 'model.file: in MLflow as café version 2' });
    await call('model-versions/delete', { name: 'café', version: '1' }, 'DELETE');
    const one = await dryRun(project, server.uri);
    expect(fateOf(one, 1)).toMatchObject({ lives: false, reason: 'model.file: no record that names it lives with its outputs' });
    expect(fateOf(one, 2)).toMatchObject({ lives: true });
  });

  test('lives by what the effect took in where MLflow cannot be asked, and the answer says so', async () => {
    await using project = await threeModels();
    const away = await dryRun(project, 'http://127.0.0.1:9');
    for (const n of [1, 2])
      expect(fateOf(away, n)).toMatchObject({
        lives: true,
        reason: 'model.file: taken by send: MLflow could not be asked whether its model is still there',
      });
    expect(away.notes).toEqual([
      expect.stringMatching(/^MLflow does not run at http:\/\/127\.0\.0\.1:9: kept is what any registration took in/),
    ]);
  });

  test('lives while a journal that names it waits in the outbox', async () => {
    await using project = await threeModels();
    const outbox = join(project.project.artifactsDir, 'outbox');
    await mkdir(outbox);
    await writeFile(join(outbox, 'abc.journal.ndjson'), `{"type":"operation","sha256":"${digestOf(bytes(1))}"}\n`);
    const { objects } = await dryRun(project, 'http://127.0.0.1:9');
    expect(fateOf({ objects, notes: [], removed: null }, 1)?.reason).toBe('model.file: waits in the outbox (abc.journal.ndjson)');
  });
});
