import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { boardDir, FLIGHT_FILE } from '../../execute/flight/flight-folder.ts';
import { ownMark, type ProcessMark } from '../../execute/flight/process-mark.ts';
import { openProject, type Project } from '../../execute/project/project.ts';
import { checkArtifacts, checkNode, checkPackages } from './check-machine.ts';
import { checkNative } from './check-native.ts';
import { checkStore } from './check-store.ts';
import { checkTracking } from './check-tracking.ts';
import { runChecks } from './run-checks.ts';

function project(packageJson: unknown = {}): Project {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-doctor-'));
  writeFileSync(join(dir, 'package.json'), JSON.stringify(packageJson));
  return openProject(dir, {});
}

test('an old Node is named with what is needed', () => {
  expect(checkNode('18.20.4')).toMatchObject({ ok: false, needed: true, found: '18.20.4, but Sluice needs 20.19 or newer' });
  expect(checkNode('20.18.9').ok).toBe(false);
  expect([checkNode('20.19.0').ok, checkNode('24.0.1').ok]).toEqual([true, true]);
});

test('npm packages that are missing are named', async () => {
  expect(await checkPackages(project({ dependencies: { 'no-such-package': '1' } }))).toMatchObject({
    ok: false,
    found: 'missing: no-such-package',
    fix: 'Run: npm ci',
  });
  expect(await checkPackages(project())).toMatchObject({ ok: true });
  // npm takes it for none; it ended doctor with a trace.
  expect(await checkPackages(project({ dependencies: null }))).toMatchObject({ ok: true });
});

test('npm packages that are installed in another version than is locked are named', async () => {
  const locked = project({ dependencies: { a: '1' } });
  mkdirSync(join(locked.dir, 'node_modules/a'), { recursive: true });
  writeFileSync(join(locked.dir, 'node_modules/a/package.json'), '{"version":"1.1.0"}');
  writeFileSync(join(locked.dir, 'package-lock.json'), '{"packages":{"node_modules/a":{"version":"1.0.0","integrity":"x"}}}');
  expect(await checkPackages(locked)).toMatchObject({ found: 'not what the lockfile says: a 1.1.0 (1.0.0 is locked)', fix: 'Run: npm ci' });
});

test('an artifacts folder that cannot be made is named', async () => {
  const open = project();
  expect((await checkArtifacts(open)).ok).toBe(true);
  const blocked = { ...open, artifactsDir: join(open.dir, 'package.json', 'artifacts') };
  expect(await checkArtifacts(blocked)).toMatchObject({ ok: false, found: expect.stringContaining('ENOTDIR') });
});

test('a libxgboost that is none is told from one that is not there', async () => {
  const { dir, ...rest } = project();
  const file = join(dir, 'package.json');
  const libraries = new Set(['xgboost']);
  expect(await checkNative({ project: { dir, ...rest }, env: { SLUICE_XGBOOST: file }, libraries })).toMatchObject([
    { ok: false, found: expect.stringContaining('is not a libxgboost') },
  ]);
  expect(await checkNative({ project: { dir, ...rest }, env: { SLUICE_XGBOOST: `${file}.so` }, libraries })).toMatchObject([
    { ok: false, found: expect.stringContaining('does not exist') },
  ]);
  expect(await checkNative({ project: { dir, ...rest }, env: {}, libraries: new Set() })).toEqual([]);
});

test('a project without .venv is told how to make one; a server that is not MLflow is told apart', async () => {
  const open = project();
  const at = { project: open, env: {}, needed: true, values: {} };
  expect(await checkTracking(at)).toMatchObject([
    { name: 'Python', ok: false, needed: true, fix: expect.stringContaining('venv') },
    { name: 'MLflow server', ok: true },
  ]);
  expect(await checkTracking({ ...at, needed: false })).toEqual([]);
  const server = createServer((_, reply) => reply.end('hello')).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const address = server.address();
  const uri = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const found = await checkTracking({ ...at, values: { tracking: { uri } } });
  const port = new URL(uri).port;
  expect((await checkTracking({ ...at, env: { SLUICE_MLFLOW_PORT: port } })).at(-1)).toMatchObject({
    ok: false,
    found: expect.stringContaining(`cannot have port ${port}`),
    fix: expect.stringContaining('SLUICE_MLFLOW_PORT to a free port'),
  });
  server.close();
  expect(found).toMatchObject([{ name: 'MLflow server', ok: false, found: expect.stringContaining('is not MLflow') }]);
  expect(await checkTracking({ ...at, env: { MLFLOW_TRACKING_URI: uri } })).toMatchObject([
    { ok: false, found: expect.stringContaining('does not answer'), fix: expect.stringContaining(`curl -sS ${uri}/health`) },
  ]);
  const withLogin = await checkTracking({ ...at, env: { MLFLOW_TRACKING_URI: uri.replace('//', '//me:secret@') } });
  expect(JSON.stringify(withLogin)).not.toContain('secret');
});

test('work that nobody does any more, results that wait and a lock in conflict are named with what to do', async () => {
  const open = project();
  expect(await checkStore(open)).toMatchObject([{ name: 'store', ok: true, found: '0 B' }]);
  const fly = (stage: string, mark: ProcessMark, silentS: number): void => {
    const dir = join(boardDir(open.artifactsDir), stage, 'nonce');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, FLIGHT_FILE), `${JSON.stringify({ type: 'head', stage, work: 'w', run: '01RUN', process: mark })}\n`);
    const at = Date.now() / 1000 - silentS;
    utimesSync(join(dir, FLIGHT_FILE), at, at);
  };
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  fly('a-live', ownMark(), 0);
  fly('b-dead', { ...ownMark(), pid: gone }, 0);
  fly('c-paused', ownMark(), 90);
  fly('d-far', { ...ownMark(), place: 'other-host boot ns' }, 90);
  mkdirSync(join(open.artifactsDir, 'outbox'));
  writeFileSync(join(open.artifactsDir, 'outbox/x.journal.ndjson'), '');
  writeFileSync(join(open.dir, 'sluice.lock'), '<<<<<<< HEAD\n');
  expect((await checkStore(open)).slice(1)).toMatchObject([
    { name: 'stage a-live', ok: true },
    { name: 'stage b-dead', ok: false, needed: false, found: `of run 01RUN is marked as at work, but process ${gone} is gone` },
    {
      name: 'stage c-paused',
      ok: false,
      found: expect.stringContaining('has shown no life for 1 m 3'),
      fix: expect.stringContaining(`kill -CONT ${process.pid}`),
    },
    { name: 'stage d-far', ok: false, found: expect.stringContaining('on other-host') },
    { name: 'outbox', ok: false, fix: 'Send them: sluice sync' },
    { name: 'sluice.lock', ok: false, fix: expect.stringContaining('sluice run --lock') },
  ]);
});

test('a missing pipeline stops no other check', async () => {
  const checks = await runChecks(project(), {});
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual(
    expect.arrayContaining([
      ['Node', true],
      ['npm packages', true],
      ['pipeline', false],
      ['artifacts folder', true],
    ]),
  );
});
