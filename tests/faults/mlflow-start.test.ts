import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

/** A Python that has MLflow and never gets its server up. */
const SLOW_PYTHON = '#!/bin/sh\ncase "$1" in -c) exit 0;; esac\nexec sleep 100\n';

const files = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/a.yaml"}}',
  'configs/a.yaml': 'version: 1\n',
  'stages/index.ts': `
import { artifact, definePipeline, defineStage } from 'SLUICE';
import { z } from 'zod';
const make = defineStage({ name: 'make', description: 'Makes', outputs: { n: artifact.json(z.number()) }, run: () => import('./make.ts') });
const tell = defineStage({ name: 'tell', kind: 'effect', description: 'Tells', inputs: { n: make.out.n }, outputs: { ok: artifact.json(z.number()) }, run: () => import('./tell.ts') });
export const pipeline = definePipeline({ name: 'slow', stages: [make, tell] });
`,
  'stages/tell.ts': 'export default async ({ outputs }) => { await outputs.ok.write(1); };\n',
};

async function slowProject(make: string): Promise<TempProject> {
  const project = await TempProject.create({ ...files, 'stages/make.ts': make });
  const python = join(project.dir, '.venv/bin/python');
  await mkdir(join(project.dir, '.venv/bin'), { recursive: true });
  await writeFile(python, SLOW_PYTHON);
  await chmod(python, 0o755);
  return project;
}

async function endServer(project: TempProject): Promise<void> {
  const { pid }: { pid: number } = JSON.parse(await readFile(join(project.dir, 'artifacts/mlflow/server.json'), 'utf8'));
  spawn('kill', ['-9', String(pid)]);
}

beforeAll(buildCli);

describe('an MLflow server that takes long to start', () => {
  test('does not hold up a run that has failed', async () => {
    await using project = await slowProject("export default async () => { throw new Error('boom'); };\n");
    const cli = startCli(project.dir, ['run']);
    const { code, stderr } = await cli.ended;
    await endServer(project).catch(() => undefined);
    expect(code).toBe(1);
    expect(stderr).toMatch(/STAGE_FAILED make: boom[^]*1 failed, 1 blocked/);
  });

  test('does not hold up Ctrl-C', async () => {
    await using project = await slowProject('export default async ({ outputs }) => { await outputs.n.write(1); };\n');
    const cli = startCli(project.dir, ['run']);
    await cli.seen('✔ make');
    await cli.seen('MLflow is starting');
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.ended;
    await endServer(project);
    expect(code).toBe(130);
    expect(stderr).toMatch(/✖ interrupted[^]*1 executed, 1 cancelled/);
  });
});

describe('an MLflow server that cannot be had', () => {
  const MAKES = 'export default async ({ outputs }) => { await outputs.n.write(1); };\n';

  test('because something else holds the port: 1, who and what to do, and what was made is kept', async () => {
    const web = createServer((_, answer) => answer.writeHead(404, { server: 'nginx' }).end());
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
    const { port } = web.address() as AddressInfo;
    await using project = await slowProject(MAKES);
    const taken = await runCli(project.dir, ['run'], { SLUICE_MLFLOW_PORT: String(port) });
    const foreign = await runCli(project.dir, ['run'], { MLFLOW_TRACKING_URI: `http://127.0.0.1:${port}` });
    await new Promise((done) => web.close(done));
    expect([taken.code, foreign.code]).toEqual([1, 1]);
    expect(taken.stderr).toMatch(
      new RegExp(`✖ MLFLOW_PORT_TAKEN .*port ${port}: HTTP 404 from nginx answers there, which is not MLflow\n +→ .*free port`),
    );
    expect(foreign.stderr).toMatch(/✖ MLFLOW_REFUSED MLFLOW_TRACKING_URI names .*which is not MLflow\n +→ Correct MLFLOW_TRACKING_URI/);
    expect(foreign.stderr).toMatch(/= make +reused/);
  });

  test('because there is no Python: a warning that names the command, and the effect is told that nobody answers', async () => {
    await using project = await slowProject(MAKES);
    await rm(join(project.dir, '.venv'), { recursive: true });
    const { code, stderr } = await runCli(project.dir, ['run']);
    expect(code).toBe(0); // this effect asks nobody; one that does ends with 7
    expect(stderr).toMatch(/! the embedded MLflow server needs .*\.venv\/bin\/python, which is not there\. Run `make setup`/);
  });
});

test('sluice mlflow logs prints the log of the embedded server, or says why there is none', async () => {
  await using project = await slowProject('');
  const [none, external] = [
    await runCli(project.dir, ['mlflow', 'logs']),
    await runCli(project.dir, ['mlflow', 'logs'], { MLFLOW_TRACKING_URI: 'http://ann:s3cret@127.0.0.1:9' }),
  ];
  expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/ARTIFACT_MISSING .*server\.log[^]*sluice mlflow up/) });
  expect(external).toMatchObject({ code: 2, stderr: expect.stringMatching(/^(?![^]*s3cret)[^]*USAGE .*MLFLOW_TRACKING_URI/) });
  await mkdir(join(project.dir, 'artifacts/mlflow'), { recursive: true });
  await writeFile(join(project.dir, 'artifacts/mlflow/server.log'), 'it is up\n');
  expect(await runCli(project.dir, ['mlflow', 'logs'])).toMatchObject({ code: 0, stdout: 'it is up\n' });
});
