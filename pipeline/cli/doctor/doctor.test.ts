import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openProject, type Project } from '../../execute/project.ts';
import { checkArtifacts, checkNode, checkPackages } from './check-machine.ts';
import { checkNative } from './check-native.ts';
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

test('npm packages that are missing are named', () => {
  expect(checkPackages(project({ dependencies: { 'no-such-package': '1' } }))).toMatchObject({
    ok: false,
    found: 'missing: no-such-package',
    fix: 'Run: npm ci',
  });
  expect(checkPackages(project()).ok).toBe(true);
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
  expect(await checkTracking(at)).toMatchObject([{ name: 'Python', ok: false, needed: true, fix: expect.stringContaining('venv') }]);
  expect(await checkTracking({ ...at, needed: false })).toMatchObject([{ ok: false, needed: false }]);
  const server = createServer((_, reply) => reply.end('hello')).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const address = server.address();
  const uri = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const found = await checkTracking({ ...at, values: { tracking: { uri } } });
  server.close();
  expect(found).toMatchObject([{ name: 'MLflow server', ok: false, found: expect.stringContaining('is not MLflow') }]);
  expect(await checkTracking({ ...at, env: { MLFLOW_TRACKING_URI: uri } })).toMatchObject([
    { ok: false, found: expect.stringContaining('does not answer') },
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
