import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, startCli } from '../../pipeline/testing/real-cli.ts';
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
  }, 30_000);

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
  }, 30_000);
});
