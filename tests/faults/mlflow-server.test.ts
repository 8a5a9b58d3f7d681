import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { inspectProcess, processGroup } from '../../pipeline/tracking/process/process-identity.ts';
import { withProcessLock } from '../../pipeline/tracking/process/process-lock.ts';
import { connectMlflow, ensureExperiment, getRun } from '../../pipeline/tracking/mlflow/client/index.ts';
import { mlflowDown, mlflowStatus, mlflowUp } from '../../pipeline/tracking/mlflow/index.ts';
import { setUnfinishedAside } from '../../pipeline/tracking/mlflow/server/unfinished-database.ts';
import { noServerBecause } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
/** With what means something in an address: MLflow takes paths for such. */
const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'sluice-server é #100% what?-'));

suite(`the embedded server${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let project: { dir: string; artifactsDir: string; env: Record<string, string> };
  afterAll(async () => {
    if (project !== undefined) await mlflowDown(project);
  });
  const state = async () => JSON.parse(await readFile(join(project.artifactsDir, 'mlflow/server.json'), 'utf8'));

  test('three that ask at once get one server', async () => {
    project = { dir: root, artifactsDir: await emptyFolder(), env: {} };
    const all = await Promise.all([mlflowUp(project), mlflowUp(project), mlflowUp(project)]);
    expect(new Set(all.map(({ uri }) => uri)).size).toBe(1);
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    const { pid, pgid, started } = await state();
    expect(pgid).toBe(pid);
    expect(await inspectProcess(pid)).toMatchObject({ group: pid, started });
    expect(await mlflowStatus(project)).toMatchObject({ running: true, uri: all[0]?.uri, version: '3.17.2' });
    const warnings: string[] = [];
    const elsewhere = { ...project, env: { SLUICE_MLFLOW_PORT: '5611' } };
    const again = await mlflowUp(elsewhere, { warn: (message) => warnings.push(message) });
    expect(again).toMatchObject({ uri: all[0]?.uri, started: false });
    expect(warnings).toEqual([expect.stringMatching(/SLUICE_MLFLOW_PORT=5611.*sluice mlflow down/)]);
  });

  test('with the parent killed its worker still answers, is used, and is ended by down', async () => {
    const { pid, pgid, uri } = await state();
    process.kill(pid, 'SIGKILL');
    await sleep(200);
    expect(await mlflowUp(project)).toMatchObject({ uri, started: false });
    expect(await processGroup(pgid)).not.toHaveLength(0);
    expect(await mlflowDown(project)).toEqual({ stopped: true, uri });
    expect(await processGroup(pgid)).toHaveLength(0);
    expect(await mlflowDown(project)).toEqual({ stopped: false, uri: null });
    expect(await mlflowStatus(project)).toMatchObject({ running: false, version: null });
  });

  test('a port that another project’s MLflow takes while ours is starting is left to it', async () => {
    const other = createHttp((incoming, answer) => answer.end(incoming.url === '/health' ? 'OK' : '3.17.2'));
    const asked: string[] = [];
    const onStarting = (uri: string): void => {
      if (asked.push(uri) === 1) other.listen(Number(new URL(uri).port), '127.0.0.1');
    };
    const { uri } = await mlflowUp(project, { onStarting });
    await close(other);
    // The next port may be taken meanwhile too, by a server of another suite.
    expect(asked.length).toBeGreaterThan(1);
    expect(uri).not.toBe(asked[0]);
    expect(uri).toBe(asked.at(-1));
    expect(await mlflowDown(project)).toEqual({ stopped: true, uri });
  });

  test('a database whose making was cut off does not stand in the way of the next start', async () => {
    const artifactsDir = await emptyFolder();
    const folder = join(artifactsDir, 'mlflow');
    await mkdir(folder);
    const half =
      "import sqlite3; db = sqlite3.connect('mlflow.db'); db.execute('create table _alembic_tmp_jobs (id text)'); db.execute('create table metrics (key text)'); db.commit()";
    await promisify(execFile)(join(root, '.venv/bin/python'), ['-c', half], { cwd: folder });
    const unfinished = { dir: root, artifactsDir, env: {} };
    // Without the mark of a first start, a database is somebody's, whatever is in it.
    expect(await setUnfinishedAside(folder)).toBe(false);
    await writeFile(join(folder, 'mlflow.db.making'), '');
    expect(await mlflowUp(unfinished)).toMatchObject({ started: true });
    expect((await readdir(folder)).filter((name) => name.startsWith('mlflow.db.'))).toEqual(['mlflow.db.unfinished']);
    await mlflowDown(unfinished);
  });

  test('the database of an older MLflow is copied, brought up to date and kept; the next start leaves it alone', async () => {
    const artifactsDir = await emptyFolder();
    const folder = join(artifactsDir, 'mlflow');
    await mkdir(folder);
    const database = join(folder, 'mlflow.db');
    const make = [join(root, 'tests/faults/mlflow-older-database.py'), 'sqlite:///mlflow.db', join(folder, 'artifacts')];
    await promisify(execFile)(join(root, '.venv/bin/python'), make, { cwd: folder });
    const before = await readFile(database);
    const older = { dir: root, artifactsDir, env: {} };
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const { uri } = await mlflowUp(older, { warn });
    expect(await readFile(`${database}.before-3.17.2`)).toEqual(before);
    expect(warnings.filter((message) => message.includes('before-3.17.2'))).toHaveLength(1);
    const connection = connectMlflow(uri, { env: {} });
    expect(await getRun(connection, 'a'.repeat(32))).toMatchObject({ name: 'old run', params: { eta: '0.3' }, metrics: { auc: 0.75 } });
    expect(await ensureExperiment(connection, 'old days')).toBe('7');
    await mlflowDown(older);
    await mlflowUp(older, { warn });
    expect((await readdir(folder)).filter((name) => name.includes('before'))).toHaveLength(1);
    await mlflowDown(older);
  });

  test('a process that got the number of a dead server is left alone', async () => {
    const bystander = execFile('sleep', ['60']);
    const folder = join(project.artifactsDir, 'mlflow');
    await writeFile(
      join(folder, 'server.json'),
      JSON.stringify({
        pid: bystander.pid,
        pgid: bystander.pid,
        started: 'other',
        port: 1,
        uri: 'http://127.0.0.1:1',
        version: '3.17.2',
        startedAt: '',
      }),
    );
    expect(await mlflowDown(project)).toEqual({ stopped: false, uri: null });
    expect(await inspectProcess(bystander.pid ?? 0)).toBeDefined();
    bystander.kill();
  });

  test('a server that cannot start shows the end of its log', async () => {
    const artifactsDir = await emptyFolder();
    await mkdir(join(artifactsDir, 'mlflow'));
    await writeFile(join(artifactsDir, 'mlflow/mlflow.db'), 'this is no database, whatever its name says');
    await expect(mlflowUp({ dir: root, artifactsDir, env: {} })).rejects.toMatchObject({
      code: 'MLFLOW_START',
      message: expect.stringContaining('database'),
      hint: expect.stringContaining('server.log'),
    });
  });

  test('a port that was asked for and is taken is named, with who answers there', async () => {
    const silent = createServer((socket) => socket.destroy());
    const web = createHttp((_, answer) => answer.writeHead(200, { server: 'nginx' }).end('hello'));
    for (const [other, who] of [
      [silent, 'not MLflow'],
      [web, 'HTTP 200 from nginx'],
    ] as const) {
      const port = await listen(other);
      const asked = { dir: root, artifactsDir: await emptyFolder(), env: { SLUICE_MLFLOW_PORT: String(port) } };
      await expect(mlflowUp(asked)).rejects.toMatchObject({
        code: 'MLFLOW_PORT_TAKEN',
        message: expect.stringMatching(new RegExp(`${port}.*${who}`)),
        hint: expect.stringContaining('SLUICE_MLFLOW_PORT'),
      });
      await close(other);
    }
  });
});

test('an address of something that is not MLflow is refused, one of nothing is unreachable', async () => {
  const web = createHttp((_, answer) => answer.writeHead(200, { server: 'nginx' }).end('hello'));
  const uri = `http://127.0.0.1:${await listen(web)}`;
  const project = { dir: root, artifactsDir: await emptyFolder(), uri, env: {} };
  await expect(mlflowUp(project)).rejects.toMatchObject({ code: 'MLFLOW_REFUSED', message: expect.stringContaining('tracking.uri') });
  expect(await mlflowStatus(project)).toMatchObject({ running: false, trouble: expect.stringContaining('nginx') });
  await close(web);
  await expect(mlflowUp({ ...project, env: { MLFLOW_TRACKING_URI: uri } })).rejects.toMatchObject({
    code: 'MLFLOW_UNREACHABLE',
    message: expect.stringContaining('MLFLOW_TRACKING_URI'),
  });
});

test('a server of MLflow 2 is refused before anything is sent, one of a release that nobody tried is warned of', async () => {
  let version = '2.22.1';
  const other = createHttp((incoming, answer) => answer.end(incoming.url === '/health' ? 'OK' : version));
  const project = { dir: root, artifactsDir: await emptyFolder(), uri: `http://127.0.0.1:${await listen(other)}`, env: {} };
  await expect(mlflowUp(project)).rejects.toMatchObject({
    code: 'MLFLOW_REFUSED',
    message: expect.stringMatching(/2\.22\.1.*tracking\.uri.*logged models/),
    hint: expect.stringContaining('MLflow 3'),
  });
  version = '3.99.0';
  const warnings: string[] = [];
  expect(await mlflowUp(project, { warn: (message) => warnings.push(message) })).toMatchObject({ version, started: false });
  expect(warnings).toEqual([expect.stringContaining('3.99.0')]);
  await close(other);
});

test('without .venv, or without mlflow in it, the command to run is named', async () => {
  const dir = await emptyFolder();
  const project = { dir, artifactsDir: join(dir, 'artifacts'), env: {} };
  await expect(mlflowUp(project)).rejects.toMatchObject({
    code: 'PYTHON_NOT_FOUND',
    message: expect.stringContaining('.venv/bin/python'),
    hint: expect.stringContaining('make setup'),
  });
  await mkdir(join(dir, '.venv/bin'), { recursive: true });
  const { stdout } = await promisify(execFile)('which', ['false']);
  await symlink(stdout.trim(), join(dir, '.venv/bin/python'));
  await expect(mlflowUp(project)).rejects.toMatchObject({ code: 'PYTHON_NOT_FOUND', hint: expect.stringContaining('make setup') });
});

test('a port that is no number is named', async () => {
  await expect(
    (async () => mlflowUp({ dir: root, artifactsDir: '/nowhere', env: { SLUICE_MLFLOW_PORT: '70000' } }))(),
  ).rejects.toMatchObject({ code: 'CONFIG_VALUE', message: expect.stringContaining('70000') });
});

test('a lock is exclusive, and is taken over from a process that is gone', async () => {
  const path = join(await emptyFolder(), 'it.lock');
  await writeFile(path, JSON.stringify({ pid: 2 ** 22 - 1, started: '1' }));
  let [inside, most] = [0, 0];
  await Promise.all(
    Array.from({ length: 8 }, () =>
      withProcessLock(path, { what: 'the test' }, async () => {
        most = Math.max(most, ++inside);
        await sleep(5);
        inside--;
      }),
    ),
  );
  expect(most).toBe(1);
  await withProcessLock(path, { what: 'the test' }, async () => {
    await expect(withProcessLock(path, { what: 'the test', waitMs: 100 }, async () => {})).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      message: expect.stringContaining(String(process.pid)),
    });
  });
  await rm(path, { force: true });
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

async function close(server: Server): Promise<void> {
  if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
