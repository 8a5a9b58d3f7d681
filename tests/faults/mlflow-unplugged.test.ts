import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isSluiceError } from '../../pipeline/errors/sluice-error.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { processGroup } from '../../pipeline/tracking/process/process-identity.ts';
import { connectMlflow, type MlflowConnection } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { getLoggedModel } from '../../pipeline/tracking/mlflow/client/logged-models.ts';
import { searchVersions } from '../../pipeline/tracking/mlflow/client/model-versions.ts';
import { deleteRun, getRun } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { getVersionByAlias } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { mlflowUp, syncOutbox } from '../../pipeline/tracking/mlflow/index.ts';
import { assertIntact } from '../../pipeline/tracking/mlflow/registry/assert-intact.ts';
import { type Fault, startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import { freePort } from '../../pipeline/testing/free-port.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import { createPrng } from '../../stages/metrics/prng.ts';
import fetchChampion from '../../stages/champion/run.ts';
import { champion } from '../../stages/champion/stage.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type RegisterWorld } from '../../stages/register/testing/register-world.ts';
import { finalState } from './mlflow-final-state.ts';

/** How often the plug is pulled, and how often the line is bad; more of it by hand: SLUICE_PLUG_PULLS=50 npm test -- mlflow-unplugged */
const PULLS = Number(process.env['SLUICE_PLUG_PULLS'] ?? 1);
const BAD_LINES = Number(process.env['SLUICE_BAD_LINES'] ?? 1);
const AT_ONCE = Number(process.env['SLUICE_AT_ONCE'] ?? 1);
/** Another seed is other moments. */
const SEED = Number(process.env['SLUICE_FAULT_SEED'] ?? 1);

/** A wait of 200 ms before each new try would only make this slow. */
process.env['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR'] = '0.03';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;

suite(`a registration that is disturbed ends as one that is not${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: MlflowConnection;
  let world: RegisterWorld;
  let expected: Awaited<ReturnType<typeof finalState>>;
  let requests = 0;

  beforeAll(async () => {
    [server, world] = await Promise.all([freePort().then((port) => startTemporaryServer(root, { port })), makeRegisterWorld(root)]);
    connection = connectMlflow(server.uri, { env: {} });
    await using proxy = await startFaultyProxy(server.uri, () => ({ kind: 'pass' }));
    await registerAs('calm', { uri: proxy.uri, outbox: await newOutbox() });
    requests = proxy.seen.length;
    expected = await stateOf('calm');
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const registerAs = async (
    name: string,
    to: { readonly uri: string; readonly outbox: string; readonly laterMs?: number; readonly ahead?: string },
  ): Promise<void> => {
    const { laterMs = 0, ahead, ...target } = to;
    const tracking = { ...target, experiment: name, account: { ...ACCOUNT, startedAt: ACCOUNT.startedAt + laterMs } };
    const inputs = { ...world.inputs, ...(ahead === undefined ? {} : { ahead }) };
    const { outputs } = await runBody(register, registerRun, { inputs, params: { modelName: name }, tracking });
    expect(JSON.parse(await readFile(outputs.registration, 'utf8'))).toMatchObject({ alias: 'champion' });
  };
  const stateOf = async (name: string) => {
    const champion = await getVersionByAlias(connection, name, 'champion');
    if (champion === undefined) throw new Error(`"${name}" has no champion`);
    expect(await assertIntact(connection, champion)).toBeGreaterThan(4);
    return finalState(connection, { experiment: name, model: name });
  };

  test('what is compared is the whole of it', () => {
    expect(expected.runs.map(({ name, status }) => [name.replace(/-\w{8}$/, ''), status])).toEqual([
      ['MODEL', 'FINISHED'],
      ['fold 0', 'FINISHED'],
    ]);
    expect(Object.keys(expected.runs[0]?.files ?? {}).length).toBeGreaterThan(20);
    expect(expected.versions).toMatchObject([{ version: '1', alias: 'champion', ofRun: true }]);
    expect(expected.decisions).toEqual([{ from: null, to: '1', kind: 'gate', outcome: 'moved' }]);
  });

  test.each(rounds(PULLS))('kill -9 of the server at a random moment, %s', async (_, round) => {
    const name = `pulled-${round}`;
    const random = randomOf(SEED * 1000 + round);
    const [at, afterMs] = [1 + Math.floor(random() * requests), Math.floor(random() * 40)];
    const outbox = await newOutbox();
    let count = 0;
    let back: Promise<unknown> = Promise.resolve();
    const pull = async (): Promise<void> => {
      await killGroup(server.artifactsDir);
      await mlflowUp(server.project);
    };
    await using proxy = await startFaultyProxy(server.uri, () => {
      count += 1;
      if (count === at) back = new Promise((resolve) => setTimeout(resolve, afterMs)).then(pull);
      return { kind: 'pass' };
    });
    const failure = await registerAs(name, { uri: proxy.uri, outbox }).catch((error: unknown) => error);
    await back;
    if (failure !== undefined) {
      if (!isSluiceError(failure) || failure.code !== 'MLFLOW_UNREACHABLE') throw failure;
      await syncOutbox({ outbox, uri: server.uri, env: {} });
    }
    expect(await stateOf(name)).toEqual(withVersions(expected));
    expect((await readdir(outbox)).filter((file) => file.endsWith('.ndjson'))).toEqual([]);
  });

  test.each(rounds(BAD_LINES))('a line that delays, drops and doubles requests and answers, %s', async (_, round) => {
    const name = `bad-line-${round}`;
    const random = randomOf(SEED * 1000 + 500 + round);
    const kinds = new Set<string>();
    const outbox = await newOutbox();
    await using proxy = await startFaultyProxy(server.uri, () => {
      const fault = anyFault(random);
      kinds.add(fault.kind);
      return fault;
    });
    const failure = await registerAs(name, { uri: proxy.uri, outbox }).catch((error: unknown) => error);
    if (failure !== undefined) {
      if (!isSluiceError(failure) || failure.code !== 'MLFLOW_UNREACHABLE') throw failure;
      await syncOutbox({ outbox, uri: server.uri, env: {} });
    }
    expect(await stateOf(name)).toEqual(withVersions(expected));
    expect(kinds.size).toBeGreaterThan(3);
  });

  test.each(rounds(AT_ONCE))('two machines that register the same model at once leave each other’s run alone, %s', async (_, round) => {
    const name = `two-machines-${round}`;
    const at = async (laterMs: number, afterMs: number): Promise<void> => {
      const outbox = await newOutbox();
      await sleep(afterMs);
      await registerAs(name, { uri: server.uri, outbox, laterMs });
    };
    // The first round at the very same moment, the others a little apart.
    await Promise.all([at(0, 0), at(5, round === 1 ? 0 : Math.floor(randomOf(SEED * 1000 + round)() * 1500))]);
    const { runs, versions, aliases } = await finalState(connection, { experiment: name, model: name });
    // Each found the other's run, or made one of its own; what is there is whole, and has one version a run.
    expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'FINISHED'));
    expect([2, 4]).toContain(runs.length);
    expect(versions.length * 2).toBe(runs.length);
    expect(Object.keys(aliases)).toContain('champion');
    for await (const version of searchVersions(connection, { filter: `name = '${name}'` })) {
      expect(await assertIntact(connection, version)).toBeGreaterThan(4);
      expect(await getLoggedModel(connection, version.source.replace('models:/', ''))).toMatchObject({ status: 'LOGGED_MODEL_READY' });
    }
  });

  test.each(rounds(AT_ONCE))('two runs of one project at once are one registration, %s', async (_, round) => {
    const [name, outbox] = [`at-once-${round}`, await newOutbox()];
    await Promise.all([0, 5].map((laterMs) => registerAs(name, { uri: server.uri, outbox, laterMs })));
    const { runs, versions } = await finalState(connection, { experiment: name, model: name });
    expect([runs.length, versions.length]).toEqual([2, 1]);
  });

  /** What the champion stage sends before there is anything to register. @returns the path of what it says of it */
  const goAhead = async (name: string, to: { readonly uri: string; readonly outbox: string }): Promise<string> => {
    const taken = Object.entries(world.inputs).filter(([input]) => input in champion.inputs);
    const inputs = { ...Object.fromEntries(taken), rules: 'configs/gates' };
    const tracking = { ...to, experiment: name, account: ACCOUNT };
    return (await runBody(champion, fetchChampion, { inputs, params: { modelName: name }, tracking })).outputs.ahead;
  };

  test('curves that went ahead show in a run that is under way, are not sent again, and the end is the same', async () => {
    const [name, outbox] = ['ahead', await newOutbox()];
    const ahead = await goAhead(name, { uri: server.uri, outbox });
    const { runId, modelId, parts } = JSON.parse(await readFile(ahead, 'utf8'));
    expect(parts).toHaveLength(24); // 1,200 points are two batches; a fold; 8 files of the run, 13 of the model
    expect(await getRun(connection, runId)).toMatchObject({
      status: 'RUNNING',
      metrics: { fold0_valid_auc: expect.closeTo(0.7, 3) },
      tags: { 'mlflow.note.content': expect.stringContaining('under way') },
    });
    await using proxy = await startFaultyProxy(server.uri, () => ({ kind: 'pass' }));
    await registerAs(name, { uri: proxy.uri, outbox, ahead });
    expect(await stateOf(name)).toEqual(withVersions(expected));
    expect(requests - proxy.seen.length).toBeGreaterThanOrEqual(5 + 8 + 2 * 13); // two batches; a create, a batch and an end of the fold; files, of the model back as well
    expect(JSON.parse(await readFile(await goAhead(name, { uri: server.uri, outbox }), 'utf8'))).toEqual({ runId, modelId, parts });
  });

  test.each([
    [
      'was cut off',
      async (name: string, outbox: string) => {
        await using proxy = await startFaultyProxy(server.uri, (_, path, count) =>
          path.endsWith('log-batch') && count > 2
            ? { kind: 'answer', status: 400, body: '{"error_code":"BAD_REQUEST"}' }
            : { kind: 'pass' },
        );
        return await goAhead(name, { uri: proxy.uri, outbox });
      },
    ],
    [
      'went to a run that somebody deleted',
      async (name: string, outbox: string) => {
        const ahead = await goAhead(name, { uri: server.uri, outbox });
        await deleteRun(connection, JSON.parse(await readFile(ahead, 'utf8')).runId);
        return ahead;
      },
    ],
  ])('what %s is made up for by the registration', async (how, send) => {
    const [name, outbox] = [`ahead ${how}`, await newOutbox()];
    const ahead = await send(name, outbox);
    await registerAs(name, { uri: server.uri, outbox, ahead });
    expect(await stateOf(name)).toEqual(withVersions(expected));
  });

  test('one model under two names, neither of which could be sent, waits as two registrations', async () => {
    const outbox = await newOutbox();
    const patience = process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'];
    process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'] = '0';
    const uri = `http://127.0.0.1:${await freePort()}`;
    for (const name of ['first of two', 'second of two'])
      await expect(registerAs(name, { uri, outbox })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    if (patience === undefined) delete process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'];
    expect(await syncOutbox({ outbox, uri: server.uri, env: {} })).toEqual({ sent: 2, remaining: 0 });
    for (const name of ['first of two', 'second of two']) expect(await stateOf(name)).toEqual(withVersions(expected));
  });

  test('every create that arrives twice leaves one object, whichever answer comes back', async () => {
    const name = 'doubled';
    const answers: string[] = [];
    await using proxy = await startFaultyProxy(server.uri, (method, path) => {
      if (method !== 'POST' || !/(create|logged-models|outputs)$/.test(path)) return { kind: 'pass' };
      const answer = answers.length % 2 === 0 ? 'first' : 'second';
      answers.push(answer);
      return { kind: 'duplicate', answer };
    });
    await registerAs(name, { uri: proxy.uri, outbox: await newOutbox() });
    expect(answers.length).toBeGreaterThan(5);
    const state = await stateOf(name);
    expect(state).toEqual(withVersions(expected));
    const [version] = state.versions;
    expect(state.models).toEqual([
      { name: 'MODEL', status: 'LOGGED_MODEL_READY', versions: expect.stringContaining(`:${version?.version}`) },
    ]);
  });
});

/** A version's number is given once: a create that was repeated on the way may have used one up. Everything else has to be equal. */
function withVersions(expected: Awaited<ReturnType<typeof finalState>>): unknown {
  const number = expect.stringMatching(/^[1-9]$/);
  return {
    ...expected,
    aliases: { champion: number },
    models: expected.models.map((model) => ({ ...(model as object), versions: expect.stringContaining('MODEL') })),
    versions: expected.versions.map((version) => ({ ...version, version: number })),
    decisions: expected.decisions.map((decision) => ({ ...decision, to: number })),
  };
}

function anyFault(random: () => number): Fault {
  const draw = random();
  if (draw < 0.08) return { kind: 'drop-reply' };
  if (draw < 0.14) return { kind: 'drop-request' };
  if (draw < 0.24) return { kind: 'delay', ms: Math.floor(random() * 150) };
  if (draw < 0.34) return { kind: 'duplicate', answer: random() < 0.5 ? 'first' : 'second' };
  if (draw < 0.38) return { kind: 'answer', status: random() < 0.5 ? 503 : 429, headers: { 'retry-after': '0' }, body: 'later' };
  return { kind: 'pass' };
}

function rounds(count: number): [string, number][] {
  return Array.from({ length: count }, (_, index) => [`round ${index + 1} of ${count}`, index + 1]);
}

function randomOf(seed: number): () => number {
  const prng = createPrng(seed);
  return () => prng.next();
}

async function newOutbox(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'sluice-outbox-')), 'outbox');
}

async function killGroup(artifactsDir: string): Promise<void> {
  const state = JSON.parse(await readFile(join(artifactsDir, 'mlflow/server.json'), 'utf8'));
  for (const { pid } of await processGroup(state.pgid)) process.kill(pid, 'SIGKILL');
}
