import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { renderError } from '../../pipeline/errors/render-error.ts';
import { serializeError, toSluiceError } from '../../pipeline/errors/sluice-error.ts';
import { mlflow } from '../../pipeline/index.ts';
import { makePaint } from '../../pipeline/util/paint.ts';

const { connectMlflow, request, requestJson } = mlflow;
const PASSWORD = 'pa"$$\\ word%41%zz of the test';
const TOKEN = 'bearer-s3cret-of-the-test';

let open: Server | undefined;
afterEach(async () => {
  open?.closeAllConnections();
  await new Promise((resolve) => (open === undefined ? resolve(undefined) : open.close(resolve)));
  open = undefined;
});

async function serve(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<number> {
  const server = createServer(answer);
  open = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return port;
}

const call = { method: 'GET', path: '/api/2.0/mlflow/experiments/get' } as const;

describe('a login that cannot be sent', () => {
  test.each([
    ['a token that ends with its line', { MLFLOW_TRACKING_TOKEN: `${TOKEN}\n` }, 'MLFLOW_TRACKING_TOKEN'],
    ['a token in another script', { MLFLOW_TRACKING_TOKEN: `${TOKEN}漢` }, 'MLFLOW_TRACKING_TOKEN'],
    ['a workspace in another script', { MLFLOW_WORKSPACE: '漢' }, 'MLFLOW_WORKSPACE'],
  ])('%s is an error of the config, at once, that names the variable and not its value', (_, env, name) => {
    const error = caught(() => connectMlflow('http://127.0.0.1:1', { env }));
    expect(error).toMatchObject({ code: 'CONFIG_VALUE', message: expect.stringContaining(name) });
    expect(shown(error)).not.toContain(TOKEN);
  });

  test('so is a header of one’s own', () => {
    expect(caught(() => connectMlflow('http://127.0.0.1:1', { env: {}, headers: { 'x-team': 'a\nb' } }))).toMatchObject({
      code: 'CONFIG_VALUE',
      message: expect.stringContaining('x-team'),
    });
  });
});

test('a password in the address may hold a % that starts no code, as it may for Python', async () => {
  let seen = '';
  const port = await serve((incoming, outgoing) => {
    seen = incoming.headers.authorization ?? '';
    outgoing.end('{}');
  });
  await request(connectMlflow(`http://ann%40risk:100%25%20sure%zz%C3%A9@127.0.0.1:${port}`, { env: {} }), call);
  expect(Buffer.from(seen.replace('Basic ', ''), 'base64').toString('utf8')).toBe('ann@risk:100% sure%zzé');
});

describe('a server, or what stands before it, that says what it was asked', () => {
  const echo = (status: number) => async () =>
    serve((incoming, outgoing) => {
      const login = incoming.headers.authorization ?? '';
      const said = `${login} is ${Buffer.from(login.split(' ')[1] ?? '', 'base64').toString('utf8')}; x-key ${String(incoming.headers['x-key'])}`;
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error_code: 'X', message: said }));
    });

  test.each([
    ['a refusal', echo(400)],
    ['an error that is tried again', echo(502)],
    ['an answer that is none', echo(200)],
  ])('%s: no secret in the error', async (_, start) => {
    const port = await start();
    for (const env of [{ MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: PASSWORD }, { MLFLOW_TRACKING_TOKEN: TOKEN }]) {
      const connection = connectMlflow(`http://127.0.0.1:${port}`, { env, headers: { 'x-key': 'k3y-of-the-test' }, retryForMs: 1 });
      const error = await requestJson(connection, missing, call).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: expect.stringMatching(/^MLFLOW_/) });
      for (const secret of [
        PASSWORD,
        JSON.stringify(PASSWORD).slice(1, -1),
        'word%41%zz',
        TOKEN,
        'k3y-of-the-test',
        Buffer.from(`ann:${PASSWORD}`).toString('base64'),
      ])
        expect(shown(error)).not.toContain(secret);
    }
  });
});

test('a server that sends on to another address: the address is in the hint', async () => {
  const port = await serve((_, outgoing) => outgoing.writeHead(308, { location: 'https://ann:hush-hush@mlflow.example/x' }).end());
  const error = await request(connectMlflow(`http://127.0.0.1:${port}`, { env: {} }), call).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'MLFLOW_REFUSED', hint: expect.stringContaining('https://mlflow.example') });
  expect(shown(error)).not.toContain('hush-hush');
});

function missing(): never {
  throw new mlflow.UnexpectedAnswer('', 'another answer');
}

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** All that a terminal, a log or an event shows of it. */
function shown(error: unknown): string {
  const serialized = serializeError(toSluiceError(error));
  return JSON.stringify(serialized) + renderError(serialized, { paint: makePaint(false), cwd: '/' });
}
