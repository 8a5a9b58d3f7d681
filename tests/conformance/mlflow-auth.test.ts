import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderError } from '../../pipeline/errors/render-error.ts';
import { isSluiceError, serializeError } from '../../pipeline/errors/sluice-error.ts';
import { makePaint } from '../../pipeline/util/paint.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { connectMlflow } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { request, searchRuns } from '../../pipeline/tracking/mlflow/client/index.ts';
import { getRegisteredModel } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { findExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { mlflowStatus, mlflowUp, openRegistry, pendingJournals, syncOutbox } from '../../pipeline/tracking/mlflow/index.ts';
import { extraPython } from '../../pipeline/tracking/mlflow/testing/extra-python.ts';
import { type PlainServer, startPlainServer } from '../../pipeline/tracking/mlflow/testing/plain-server.ts';
import { startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type RegisterWorld } from '../../stages/register/testing/register-world.ts';

const root = process.cwd();
const python = extraPython(root, ['flask_wtf']);
const because = python === undefined ? 'no Python with mlflow[auth]: SLUICE_EXTRA_PYTHON names none' : undefined;
const suite = because === undefined ? describe : describe.skip;

const PASSWORDS = { admin: 'Adm1n-secret-of-the-test', ann: 'ann-s3cret-of-the-test', next: 'ann-s3cret-renewed-of-the-test' } as const;
const TOKEN = 'bearer-s3cret-of-the-test';
/** In any coding that a log might use. */
const SECRETS = [...Object.values(PASSWORDS), TOKEN].flatMap((secret) => [
  secret,
  Buffer.from(`ann:${secret}`).toString('base64'),
  Buffer.from(`admin:${secret}`).toString('base64'),
  encodeURIComponent(secret),
]);
const VARIABLES = ['MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD', 'MLFLOW_TRACKING_TOKEN', 'HOME'] as const;

suite(`a server that wants a login${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: PlainServer;
  let world: RegisterWorld;
  const kept = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

  const admin = () => connectMlflow(server.uri, { env: { MLFLOW_TRACKING_USERNAME: 'admin', MLFLOW_TRACKING_PASSWORD: PASSWORDS.admin } });
  const users = (action: string, method: 'POST' | 'PATCH', json: unknown) =>
    request(admin(), { method, path: `/api/2.0/mlflow/users/${action}`, json });
  const as = (env: Readonly<Record<string, string>>): void => {
    for (const name of VARIABLES) delete process.env[name];
    Object.assign(process.env, { HOME: tmpdir(), ...env });
  };
  const asAnn = (password: string): void => as({ MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: password });
  const newOutbox = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sluice-outbox-')), 'outbox');
  const registerAt = (to: { readonly uri: string; readonly experiment: string; readonly outbox: string }) =>
    runBody(register, registerRun, { inputs: world.inputs, params: { modelName: to.experiment }, tracking: { ...to, account: ACCOUNT } });

  beforeAll(async () => {
    [server, world] = await Promise.all([
      startPlainServer({
        python: python ?? '',
        args: ['--app-name', 'basic-auth', '--backend-store-uri', 'sqlite:///mlflow.db'],
        env: { MLFLOW_FLASK_SERVER_SECRET_KEY: 'a key', MLFLOW_AUTH_ADMIN_PASSWORD: PASSWORDS.admin },
      }),
      makeRegisterWorld(root),
    ]);
    await users('create', 'POST', { username: 'ann', password: PASSWORDS.ann });
  });
  afterAll(async () => {
    for (const name of VARIABLES) delete process.env[name];
    Object.assign(process.env, kept);
    await server?.[Symbol.asyncDispose]();
  });

  /** In few requests: this server hashes the password for each. */
  const briefState = async (name: string) => {
    const connection = admin();
    const experimentId = (await findExperiment(connection, name))?.experiment_id ?? '';
    const runs: unknown[] = [];
    for await (const { status, params, metrics, modelIds, datasets } of searchRuns(connection, { experimentIds: [experimentId] }))
      runs.push([status, params, metrics, modelIds.length, datasets.map(({ name: dataset, digest }) => `${dataset} ${digest}`)]);
    return { runs, aliases: (await getRegisteredModel(connection, name))?.aliases };
  };

  test.each([
    ['none', {}, /wants a login/],
    ['a wrong password', { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: TOKEN }, /login/],
    ['a user that is not there', { MLFLOW_TRACKING_USERNAME: 'eve', MLFLOW_TRACKING_PASSWORD: PASSWORDS.ann }, /login/],
    ['a token that it does not take', { MLFLOW_TRACKING_TOKEN: TOKEN }, /login/],
  ])('%s: refused in words, before the run and in its midst, without the secret', async (_, env, words) => {
    as(env);
    const outbox = await newOutbox();
    const project = { dir: root, artifactsDir: outbox, uri: server.uri, env };
    const failures = await Promise.all(
      [
        () => mlflowUp(project),
        () => registerAt({ uri: server.uri, experiment: 'refused', outbox }),
        async () => request(await openRegistry(project, 'what there is'), { method: 'GET', path: '/api/2.0/mlflow/experiments/get?experiment_id=0' }),
      ].map((work) => work().then(() => null, (error: unknown) => error)), // prettier-ignore
    );
    for (const failure of failures) {
      expect(failure).toMatchObject({
        code: 'MLFLOW_REFUSED',
        message: expect.stringMatching(words),
        hint: expect.stringContaining('MLFLOW_TRACKING_USERNAME'),
      });
      expectNoSecret(shown(failure));
    }
    // What could not be sent waits: whoever sets the login right sends it.
    expect(await pendingJournals(outbox)).toHaveLength(1);
    expectNoSecret(await textsBelow(outbox));
    expect(await mlflowStatus(project)).toMatchObject({ running: true, version: null, trouble: expect.stringMatching(words) });
  });

  test('a login that is right registers all of it, and the secret is in no event, file, tag, param or artifact', async () => {
    asAnn(PASSWORDS.ann);
    const outbox = await newOutbox();
    const uri = server.uri.replace('//', `//ann:${PASSWORDS.ann}@`);
    const { events, outputs } = await registerAt({ uri, experiment: 'signed-in', outbox });
    expectNoSecret(JSON.stringify(events) + (await readFile(outputs.registration, 'utf8')));
    const connection = admin();
    expect(await briefState('signed-in')).toMatchObject({ aliases: { champion: '1' } });
    const experimentId = (await findExperiment(connection, 'signed-in'))?.experiment_id ?? '';
    for await (const run of searchRuns(connection, { experimentIds: [experimentId] })) expectNoSecret(JSON.stringify(run));
    expectNoSecret(await textsBelow(join(server.folder, 'artifacts')));
    expectNoSecret(await server.log());
  }, 600_000);

  test('a password that expires in the midst: told so, and sync with the new one brings it to the same end', async () => {
    asAnn(PASSWORDS.ann);
    const outbox = await newOutbox();
    let expired: Promise<unknown> = Promise.resolve();
    await using proxy = await startFaultyProxy(server.uri, (_, path, count) => {
      if (path.endsWith('model_card.md') && count === 1)
        expired = users('update-password', 'PATCH', { username: 'ann', password: PASSWORDS.next });
      return { kind: 'pass' };
    });
    const failure = await registerAt({ uri: proxy.uri, experiment: 'expired', outbox }).catch((error: unknown) => error);
    await expired;
    expect(failure).toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringMatching(/login/),
      hint: expect.stringContaining('sluice sync'),
    });
    expectNoSecret(shown(failure) + (await textsBelow(outbox)));
    await expect(syncOutbox({ outbox, uri: server.uri })).rejects.toMatchObject({ code: 'MLFLOW_REFUSED' });
    asAnn(PASSWORDS.next);
    expect(await syncOutbox({ outbox, uri: server.uri })).toEqual({ sent: 1, remaining: 0 });
    expect(await briefState('expired')).toEqual(await briefState('signed-in'));
  }, 600_000);
});

/** As a terminal, a JSON line and a log would show it. */
function shown(error: unknown): string {
  if (!isSluiceError(error)) return String(error);
  const serialized = serializeError(error);
  return JSON.stringify(serialized) + renderError(serialized, { paint: makePaint(false), cwd: '/' });
}

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text.includes(secret) ? secret : null).toBeNull();
}

async function textsBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}
