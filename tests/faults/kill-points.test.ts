import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { artifactPath, storedPath } from '../../pipeline/execute/answers/artifact-path.ts';
import { digestOfFile } from '../../pipeline/fingerprint/digest.ts';
import { ManifestStore } from '../../pipeline/store/manifest-store.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { processesIn } from '../../pipeline/testing/sign-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

/** How many moments a run is killed at; half of them before a file operation, half by the clock. 200 take ten minutes or so. */
const POINTS = Number(process.env['SLUICE_FAULT_POINTS'] ?? 24);
const PRELOAD = `--import=${pathToFileURL(join(import.meta.dirname, 'fault-at-operation.mjs')).href}`;

const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
};

/** Work of its own for each point, so that nothing can be reused from another. */
const runFor = (count: number): string[] => ['run', 'double', '--json', '-S', `params.numbers.count=${count}`];

beforeAll(buildCli);

async function expectRight(project: TempProject, count: number): Promise<void> {
  const next = await runCli(project.dir, runFor(count));
  expect([next.code, next.stderr]).toEqual([0, '']);
  const list = JSON.parse(await readFile(await artifactPath(project.project, 'double.list'), 'utf8'));
  expect(list).toEqual(Array.from({ length: count }, (_, index) => 2 * (index + 1)));
  expect(await readFile(join(await artifactPath(project.project, 'double.folder'), 'sub/é.txt'), 'utf8')).toBe(`n = ${count}`);
  for (const folder of ['flights', 'staging'])
    expect([folder, await readdir(join(project.dir, 'artifacts', folder))]).toEqual([folder, []]);
}

/** Children notice the end of their parent at once; a loaded machine may need a moment to say so. */
async function expectNoOrphan(project: TempProject): Promise<void> {
  for (let tries = 0; tries < 100 && (await processesIn(project.dir)).length > 0; tries++) await sleep(20);
  expect(await processesIn(project.dir)).toEqual([]);
}

/** Every manifest that was ever committed has its bytes. */
async function expectWholeStore(project: TempProject): Promise<void> {
  const manifests = new ManifestStore(join(project.dir, 'artifacts'));
  for (const stage of ['numbers', 'double']) {
    for (const { outputs } of await manifests.candidates(stage)) {
      for (const artifact of Object.values(outputs)) {
        if (artifact.kind !== 'directory') expect(await digestOfFile(storedPath(project.project, artifact))).toBe(artifact.digest);
      }
    }
  }
}

describe(`kill -9 of a run at ${POINTS} points of its life`, () => {
  test(
    'leaves no orphan; the next run is right and leaves the folders clean',
    async () => {
      await using project = await TempProject.create(files);
      await mkdir(join(project.dir, 'artifacts'));
      const [counted, artifacts] = [join(project.dir, 'operations'), join(project.dir, 'artifacts')];
      await runCli(project.dir, runFor(1)); // compiles
      const from = performance.now();
      await runCli(project.dir, runFor(2), { NODE_OPTIONS: PRELOAD, COUNT_TO: counted, SLUICE_ARTIFACTS: artifacts });
      const [lifeMs, operations] = [performance.now() - from, Number(await readFile(counted, 'utf8'))];
      expect(operations).toBeGreaterThan(40);
      let killed = 0;
      for (let point = 0; point < POINTS; point++) {
        const count = point + 3;
        const [byOperation, share] = [point % 2 === 0, (point + Math.random()) / POINTS];
        const at = byOperation
          ? { KILL_AT: String(1 + Math.floor(share * operations)), NODE_OPTIONS: PRELOAD, SLUICE_ARTIFACTS: artifacts }
          : {};
        const run = startCli(project.dir, runFor(count), at);
        const timer = byOperation ? null : setTimeout(() => run.child.kill('SIGKILL'), share * lifeMs);
        const { code } = await run.ended;
        if (timer !== null) clearTimeout(timer);
        if (code === null) killed += 1;
        try {
          await expectNoOrphan(project);
          await expectRight(project, count);
        } catch (error) {
          throw new Error(
            `killed ${byOperation ? `before operation ${at.KILL_AT} of ${operations}` : `${share * lifeMs} ms after its start`}`,
            { cause: error },
          );
        }
      }
      expect(killed).toBeGreaterThan(POINTS / 2);
      await expectWholeStore(project);
    },
    60_000 + POINTS * 20_000,
  );
});
