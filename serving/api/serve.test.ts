import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { buildCli, type CliResult, REPOSITORY, runCli, type RunningCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { createPrng } from '../../stages/metrics/prng.ts';
import { openLog } from '../decisions/open-log.ts';
import { verifyLog } from '../decisions/verify-log.ts';
import { servedArtifacts, servedWorld } from '../testing/served-world.ts';

/** Times the server is killed while officers decide; more with SLUICE_KILLS. */
const KILLS = Number(process.env['SLUICE_KILLS'] ?? 2);
const OFFICERS = 8;
const rows = { application_test: [{ AMT_CREDIT: 406_597.5, AMT_ANNUITY: 24_700.5, NAME_CONTRACT_TYPE: 'Cash loans' }] };

let artifacts = '';
let officer = '';
const env = (): Record<string, string> => ({ SLUICE_ARTIFACTS: artifacts });
const logFile = (): string => join(artifacts, 'serving', 'decisions.sqlite');
const sluice = (...args: readonly string[]): Promise<CliResult> => runCli(REPOSITORY, args, env());

beforeAll(async () => {
  await buildCli();
  artifacts = await servedArtifacts(await servedWorld());
}, 300_000);
afterAll(() => rm(artifacts, { recursive: true, force: true }));

async function started(): Promise<{ readonly server: RunningCli; readonly address: string; readonly said: () => string }> {
  const server = startCli(REPOSITORY, ['serve', '--port', '0'], env());
  let said = '';
  server.child.stderr?.on('data', (text: string) => (said += text));
  await server.seen('"msg":"ready"');
  return { server, address: /"address":"([^"]+)"/.exec(said)?.[1] ?? '', said: () => said };
}

function post(address: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${officer}`, 'content-type': 'application/json' };
  return fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Decides without end, until the server does not answer any more: hash by id of what was acknowledged. */
async function decideUntilGone(address: string, acknowledged: Map<number, string>): Promise<void> {
  const answer = z.object({ id: z.int(), hash: z.string() });
  for (;;) {
    const reply = await post(address, '/v1/decisions', { rows, decision: 'grant', reason: 'a remark that is long enough' }).catch(
      () => null,
    );
    const body: unknown = await reply?.json().catch(() => null);
    if (reply?.status !== 201 || body === null) return;
    const { id, hash } = answer.parse(body);
    acknowledged.set(id, hash);
  }
}

test('the first start makes keys and says them once; without one nothing is answered', async () => {
  const { server, address, said } = await started();
  const key = /officer +(slk_\S+)/.exec(said())?.[1];
  officer = key ?? '';
  expect((await post(address, '/v1/score', { rows })).status).toBe(200);
  expect((await fetch(`${address}/v1/me`)).status).toBe(401);
  expect(await (await fetch(`${address}/ready`)).json()).toMatchObject({ status: 'ready' });
  expect(said()).toContain('the tracking server of this project is not running');
  const taken = await sluice('serve', '--port', new URL(address).port);
  expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining('is taken')]);
  // Asked to end while calls are under way: they are answered, and the process ends in order.
  const calls = Array.from({ length: 20 }, () => post(address, '/v1/explain', { rows }));
  await sleep(20);
  server.child.kill('SIGTERM');
  const statuses = await Promise.all(
    calls.map((call) =>
      call.then(
        ({ status }) => status,
        () => 'refused',
      ),
    ),
  );
  expect(statuses.filter((status) => status !== 200 && status !== 'refused' && status !== 503)).toEqual([]);
  const { code, stderr } = await server.ended;
  expect([code, stderr]).toEqual([143, expect.stringContaining('"msg":"closed"')]);
  expect(stderr).toContain('finishing the calls that are under way; SIGTERM again kills');
}, 300_000);

test('Ctrl-C on make serve ends it in order, and make complains of nothing', async () => {
  const { MAKEFLAGS: _flags, MAKELEVEL: _level, ...others } = process.env;
  const made = ['setup', 'node_modules/.sluice-sqlite'].flatMap((each) => ['-o', each]);
  const make = spawn('make', ['serve', ...made, 'ARGS=--port 0'], {
    cwd: REPOSITORY,
    env: { ...others, ...env() },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  make.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('"msg":"ready"')) await sleep(20);
  // A terminal sends it to all who are in the foreground.
  process.kill(-(make.pid ?? 0), 'SIGINT');
  await once(make, 'close');
  expect(said).toContain('"msg":"closed"');
  expect(said).not.toContain('make:');
});

test('killed with -9 while officers decide, it loses nothing that was acknowledged, and the chain holds', async () => {
  const prng = createPrng(4);
  const acknowledged = new Map<number, string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const { server, address, said } = await started();
    expect(said()).not.toContain('slk_');
    const before = acknowledged.size;
    const officers = Array.from({ length: OFFICERS }, () => decideUntilGone(address, acknowledged));
    while (acknowledged.size < before + OFFICERS) await sleep(5);
    await sleep(200 * prng.next());
    const gone = once(server.child, 'close');
    server.child.kill('SIGKILL');
    await gone;
    await Promise.all(officers);
    const log = await openLog(logFile(), { readonly: true });
    const { findings, decisions } = await verifyLog(log);
    expect(findings).toEqual([]);
    for (const [id, hash] of acknowledged) expect(await log.get(id)).toMatchObject({ id, hash });
    expect(decisions).toBeLessThanOrEqual(acknowledged.size + (kill + 1) * OFFICERS);
    await log.close();
  }
}, 300_000);

test('decisions verify and replay hold what was logged; a changed row is named, by exit code 6', async () => {
  const verified = await sluice('decisions', 'verify');
  expect([verified.code, verified.stderr]).toEqual([
    0,
    expect.stringMatching(/^✔ \d+ decisions, each as it was logged; the head is \d+:[0-9a-f]{64}\n$/),
  ]);
  const [, head = ''] = /head is (\S+)/.exec(verified.stderr) ?? [];
  const replayed = await sluice('decisions', 'replay', '2', '--json');
  expect([replayed.code, replayed.stdout]).toEqual([0, '{"id":2,"outcome":"same"}\n']);
  const listed = await sluice('decisions', 'list', '--limit', '1', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject({ officer: 'officer', decision: 'grant', inputs: rows });
  expect((await sluice('decisions', 'verify', '--head', head)).code).toBe(0);

  const db = new Database(logFile());
  for (const name of ['decisions_are_never_changed', 'decisions_are_never_removed']) db.exec(`drop trigger ${name}`);
  db.exec(`update decisions set body = replace(body, '"officer":"officer"', '"officer":"nobody"') where id = 2`);
  db.exec('delete from decisions where id = 4');
  db.close();
  const found = await sluice('decisions', 'verify');
  expect(found.code).toBe(6);
  for (const line of ['✖ decision 2: changed', '✖ decision 4: removed', 'DECISION_LOG_BROKEN 2 decisions are not as logged'])
    expect(found.stderr).toContain(line);
  expect(await sluice('decisions', 'replay', '999999')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no decision 999999'),
  });
}, 300_000);
