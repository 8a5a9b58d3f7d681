import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { isSluiceError, mlflow } from '../../pipeline/index.ts';

const { connectMlflow, getRun, request } = mlflow;

/** Answers as `answer` says and keeps the headers of what was asked. */
async function listen(server: ReturnType<typeof createHttp> | ReturnType<typeof createHttps>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return port;
}

async function headersSent(env: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  let seen: IncomingHttpHeaders = {};
  const server = createHttp((incoming, outgoing) => {
    seen = incoming.headers;
    outgoing.end('{}');
  });
  const port = await listen(server);
  await request(connectMlflow(`http://127.0.0.1:${port}`, { env, headers }), { method: 'GET', path: '/x' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return seen;
}

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

describe('credentials', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sluice-home-'));
    await mkdir(join(home, '.mlflow'));
    await writeFile(
      join(home, '.mlflow', 'credentials'),
      '; by hand\n[other]\nmlflow_tracking_username = eve\n[mlflow]\nMLFLOW_TRACKING_USERNAME = ann\nmlflow_tracking_password: p=w:d\n',
    );
  });

  test('come from ~/.mlflow/credentials, each of the two after what the environment says', async () => {
    expect((await headersSent({ HOME: home })).authorization).toBe(basic('ann:p=w:d'));
    expect((await headersSent({ HOME: home, MLFLOW_TRACKING_USERNAME: 'bob' })).authorization).toBe(basic('bob:p=w:d'));
    expect((await headersSent({ HOME: home, MLFLOW_TRACKING_TOKEN: 't' })).authorization).toBe(basic('ann:p=w:d'));
    expect((await headersSent({ MLFLOW_TRACKING_TOKEN: 't' })).authorization).toBe('Bearer t');
    expect((await headersSent({ HOME: join(home, 'nobody') })).authorization).toBeUndefined();
  });

  test('a workspace and headers of one’s own are sent', async () => {
    const sent = await headersSent({ MLFLOW_WORKSPACE: 'risk' }, { 'x-team': 'credit' });
    expect(sent).toMatchObject({ 'x-mlflow-workspace': 'risk', 'x-team': 'credit' });
    expect(await headersSent({})).not.toHaveProperty('x-mlflow-workspace');
  });

  test.each(['MLFLOW_TRACKING_AUTH', 'MLFLOW_TRACKING_AWS_SIGV4'])('%s, which only Python knows, is refused and named', (name) => {
    expect(() => connectMlflow('http://127.0.0.1:1', { env: { [name]: 'true' } })).toThrow(name);
    expect(() => connectMlflow('http://127.0.0.1:1', { env: { [name]: '' } })).not.toThrow();
  });
});

test('retries follow the variables of the Python client', async () => {
  let asked = 0;
  const server = createHttp((_, outgoing) => {
    asked += 1;
    outgoing.writeHead(503, { 'retry-after': '3600' }).end();
  });
  const env = {
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '3',
    MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01',
    MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0',
    MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER: 'false',
  };
  const connection = connectMlflow(`http://127.0.0.1:${await listen(server)}`, { env });
  await expect(getRun(connection, 'x')).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE', message: expect.stringContaining('4 tries') });
  expect(asked).toBe(4);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(connectMlflow('http://127.0.0.1:1', { env: { MLFLOW_HTTP_REQUEST_TIMEOUT: '7' } }).timeoutMs).toBe(7000);
  expect(connectMlflow('http://127.0.0.1:1', { env: { MLFLOW_HTTP_REQUEST_TIMEOUT: 'soon' } }).timeoutMs).toBe(60_000);
});

describe('TLS', () => {
  let dir: string;
  const at = (name: string): string => join(dir, name);
  const openssl = (args: readonly string[]) => promisify(execFile)('openssl', [...args]);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice-tls-'));
    for (const [name, subject] of [
      ['server', '/CN=127.0.0.1'],
      ['client', '/CN=mara'],
    ] as const) {
      await openssl([
        'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', subject,
        '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`),
      ]); // prettier-ignore
    }
    await writeFile(at('both.pem'), (await readFile(at('client.key'), 'utf8')) + (await readFile(at('client.crt'), 'utf8')));
  });

  async function ask(env: Readonly<Record<string, string>>, wantsClient = false): Promise<unknown> {
    const [key, cert] = [await readFile(at('server.key')), await readFile(at('server.crt'))];
    const ca = await readFile(at('client.crt'));
    const server = createHttps({ key, cert, ...(wantsClient ? { requestCert: true, rejectUnauthorized: true, ca } : {}) }, (_, outgoing) =>
      outgoing.end('{"ok":true}'),
    );
    const connection = () => connectMlflow(`https://127.0.0.1:${port}`, { env, retryForMs: 300 });
    const port = await listen(server);
    try {
      return (await request(connection(), { method: 'GET', path: '/x' })).status;
    } catch (error) {
      return isSluiceError(error) ? error : { other: error };
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  test('an unknown certificate is refused at once, with the variable that mends it', async () => {
    expect(await ask({})).toMatchObject({ code: 'MLFLOW_REFUSED', hint: expect.stringContaining('MLFLOW_TRACKING_SERVER_CERT_PATH') });
  });

  test('a named certificate is trusted, and so is any where the check is off', async () => {
    expect(await ask({ MLFLOW_TRACKING_SERVER_CERT_PATH: at('server.crt') })).toBe(200);
    expect(await ask({ MLFLOW_TRACKING_SERVER_CERT_PATH: at('client.crt') })).toMatchObject({ code: 'MLFLOW_REFUSED' });
    expect(await ask({ MLFLOW_TRACKING_INSECURE_TLS: 'true' })).toBe(200);
    expect(await ask({ MLFLOW_TRACKING_INSECURE_TLS: 'false' })).toMatchObject({ code: 'MLFLOW_REFUSED' });
  });

  test('a server that wants to know us gets the client certificate', async () => {
    const trusting = { MLFLOW_TRACKING_SERVER_CERT_PATH: at('server.crt') };
    expect(await ask({ ...trusting, MLFLOW_TRACKING_CLIENT_CERT_PATH: at('both.pem') }, true)).toBe(200);
    expect(await ask(trusting, true)).toMatchObject({ code: expect.stringMatching(/^MLFLOW_/) });
  });

  test('a file that is not there, and a check both asked for and switched off, are config errors', async () => {
    expect(await ask({ MLFLOW_TRACKING_SERVER_CERT_PATH: at('none.pem') })).toMatchObject({
      code: 'CONFIG_VALUE',
      message: expect.stringContaining('none.pem'),
    });
    expect(await ask({ MLFLOW_TRACKING_SERVER_CERT_PATH: at('server.crt'), MLFLOW_TRACKING_INSECURE_TLS: '1' })).toMatchObject({
      code: 'CONFIG_VALUE',
    });
  });
});
