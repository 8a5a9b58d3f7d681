import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tables } from '../../stages/tables/tables.ts';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { addKey, removeKey } from './keys/key-file.ts';
import { endpoints } from './endpoints/all.ts';
import { problem } from './schemas/problem.ts';
import { openWorldApp, type Reply, type WorldApp } from './testing/open-world-app.ts';

let app: WorldApp;
beforeAll(async () => {
  app = await openWorldApp();
}, 300_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** RFC 9457, with the status and code named; and the server goes on. */
async function expectProblem(reply: Reply, status: number, code: string): Promise<ReturnType<typeof problem.parse>> {
  expect([reply.status, reply.text.slice(0, 400)]).toEqual([status, expect.stringContaining(`"code":"${code}"`)]);
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body = problem.parse(reply.body);
  expect(body).toMatchObject({ status, type: `/problems/${code.toLowerCase().replaceAll('_', '-')}` });
  expect((await app.send(null, 'GET /health')).status).toBe(200);
  return body;
}

/** A registry that hangs up on who calls, until it is told to hold a call: that one it neither answers nor ends. */
async function silentRegistry(): Promise<AsyncDisposable & { readonly uri: string; readonly holdNext: () => Promise<Socket> }> {
  let hold: ((socket: Socket) => void) | null = null;
  const server = createServer((socket) => {
    socket.on('error', () => null);
    if (hold === null) socket.destroy();
    else hold(socket);
    hold = null;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    uri: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    holdNext: () => new Promise((resolve) => (hold = resolve)),
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Bytes as they are, and what is answered until the connection is closed. */
async function overSocket(sent: string): Promise<readonly [head: string, body: string]> {
  const socket = connect(Number(new URL(app.address).port), '127.0.0.1');
  socket.end(sent);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return [head, body];
}

describe('without a key there is nothing', () => {
  const guarded = endpoints.filter(({ roles }) => roles !== 'open').map(({ method, url }) => `${method} ${url.replaceAll(/:\w+/g, '1')}`);
  test.each([...guarded, 'GET /metrics', 'GET /v1/none', 'GET /%76%31/me', 'GET //v1/me', 'DELETE /v1/score'])('%s', async (line) => {
    const sent = line.startsWith('POST') ? '{"id": 1}' : undefined;
    const reply = await app.send(null, line, sent);
    expect([401, 404]).toContain(reply.status);
    if (reply.status === 401) expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    for (const key of ['', 'Bearer ', 'Bearer slk_none', `Basic ${app.keys.admin}`, `Bearer ${app.keys.admin.slice(0, -1)}`])
      expect((await app.send(null, line, sent, { authorization: key })).status).toBe(reply.status);
  });

  test('only /health, /ready and the contract itself are open', () => {
    expect(endpoints.filter(({ roles }) => roles === 'open').map(({ url }) => url)).toEqual(['/health', '/ready']);
  });

  test('roles are kept apart', async () => {
    const decision = { id: 1, decision: 'grant' };
    await expectProblem(await app.send('reviewer', 'POST /v1/decisions', decision), 403, 'FORBIDDEN');
    await expectProblem(await app.send('officer', 'GET /v1/monitor'), 403, 'FORBIDDEN');
    await expectProblem(await app.send('officer', 'GET /metrics'), 403, 'FORBIDDEN');
    await expectProblem(await app.send('reviewer', 'POST /v1/model/refresh'), 403, 'FORBIDDEN');
  });

  test('a key that is added works, and one that is removed is refused, while the server runs; a broken file changes nothing', async () => {
    const key = await addKey(app.keyFile, { name: 'new', role: 'officer' });
    const status = async (): Promise<number> => (await app.send(null, 'GET /v1/me', undefined, { authorization: `Bearer ${key}` })).status;
    const becomes = async (wanted: number): Promise<void> => {
      for (let turn = 0; turn < 100 && (await status()) !== wanted; turn++) await sleep(50);
      expect(await status()).toBe(wanted);
    };
    await becomes(200);
    const good = await readFile(app.keyFile, 'utf8');
    expect(good).not.toContain(key);
    await writeFile(app.keyFile, '{"keys": [');
    await sleep(1200);
    expect(await status()).toBe(200);
    await writeFile(app.keyFile, good);
    await removeKey(app.keyFile, 'new');
    await becomes(401);
  });
});

describe('what is not as the contract says is refused with its place', () => {
  const one = { application_test: [{ SK_ID_CURR: 1, AMT_CREDIT: 1000 }] };
  test.each([
    ['cut off', '{"id": 1', 400, 'MALFORMED_JSON', undefined],
    ['no JSON', 'id=1', 400, 'MALFORMED_JSON', undefined],
    ['NaN', '{"id": NaN}', 400, 'MALFORMED_JSON', undefined],
    ['empty', '', 400, 'MALFORMED_JSON', undefined],
    ['a number', '5', 400, 'INVALID_REQUEST', ''],
    ['null', 'null', 400, 'INVALID_REQUEST', ''],
    ['a list', '[]', 400, 'INVALID_REQUEST', ''],
    ['nobody', '{}', 400, 'INVALID_REQUEST', ''],
    ['both', { id: 1, rows: one }, 400, 'INVALID_REQUEST', ''],
    ['an unknown field', { id: 1, colour: 'red' }, 400, 'INVALID_REQUEST', '/colour'],
    ['a text for an id', { id: '100001' }, 400, 'INVALID_REQUEST', '/id'],
    ['a fraction', { id: 1.5 }, 400, 'INVALID_REQUEST', '/id'],
    ['too large an id', { id: 2 ** 31 }, 400, 'INVALID_REQUEST', '/id'],
    ['an unknown table', { rows: { ...one, bureua: [] } }, 400, 'INVALID_REQUEST', '/rows/bureua'],
    [
      'an unknown column',
      { rows: { application_test: [{ SK_ID_CURR: 1, AMT_CREDTI: 1 }] } },
      400,
      'INVALID_REQUEST',
      '/rows/application_test/0/AMT_CREDTI',
    ],
    [
      'a text for a number',
      { rows: { application_test: [{ AMT_CREDIT: '1000' }] } },
      400,
      'INVALID_REQUEST',
      '/rows/application_test/0/AMT_CREDIT',
    ],
    [
      'a number for a text',
      { rows: { application_test: [{ CODE_GENDER: 1 }] } },
      400,
      'INVALID_REQUEST',
      '/rows/application_test/0/CODE_GENDER',
    ],
    [
      'a number beyond all amounts',
      { rows: { application_test: [{ AMT_CREDIT: 1e308 }] } },
      400,
      'INVALID_REQUEST',
      '/rows/application_test/0/AMT_CREDIT',
    ],
    [
      'more months than fit',
      { rows: { ...one, POS_CASH_balance: [{}, { MONTHS_BALANCE: -1_234_575_939 }] } },
      400,
      'INVALID_REQUEST',
      '/rows/POS_CASH_balance/1/MONTHS_BALANCE',
    ],
    ['a NUL', { rows: { application_test: [{ CODE_GENDER: 'F\0' }] } }, 400, 'INVALID_REQUEST', '/rows/application_test/0/CODE_GENDER'],
    [
      'half a surrogate',
      '{"rows":{"application_test":[{"CODE_GENDER":"\\ud800"}]}}',
      400,
      'INVALID_REQUEST',
      '/rows/application_test/0/CODE_GENDER',
    ],
    ['two applications', { rows: { application_test: [{}, {}] } }, 400, 'INVALID_REQUEST', '/rows/application_test'],
    ['no application', { rows: { bureau: [] } }, 422, 'DATA_MISSING_TABLE', undefined],
    ['one application in each table', { rows: { application_test: [{}], application_train: [{}] } }, 422, 'DATA_DUPLICATE_KEY', undefined],
    ['somebody else’s history', { rows: { ...one, bureau: [{}, { SK_ID_CURR: 2 }] } }, 422, 'DATA_BAD_VALUE', '/rows/bureau/1/SK_ID_CURR'],
    ['somebody who is not there', { id: 2_147_483_647 }, 404, 'APPLICANT_UNKNOWN', undefined],
  ])('%s', async (...[, body, status, code, pointer]) => {
    const { errors } = await expectProblem(await app.send('officer', 'POST /v1/score', body), status, code);
    if (pointer !== undefined) expect(errors?.[0]?.pointer).toBe(pointer);
  });

  test('numbers at the edge of all that is allowed are no fault of the server', async () => {
    const edge = { INTEGER: 1e7, DOUBLE: 1e15, TINYINT: 127 } as const;
    const form = Object.entries(tables.application_train.columns).flatMap(([column, { type }]) =>
      type === 'VARCHAR' || /^SK_ID|^TARGET/.test(column) ? [] : [[column, edge[type]]],
    );
    const rows = { application_test: [Object.fromEntries(form)] };
    await expectProblem(await app.send('officer', 'POST /v1/score', { rows }), 422, 'DATA_BAD_VALUE');
  });

  test('a prototype is not polluted', async () => {
    await app.send(
      'officer',
      'POST /v1/score',
      '{"id": 1, "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    );
    expect('polluted' in {}).toBe(false);
  });

  test('a table that is left out is no history; columns that are left out are unknown', async () => {
    const { status, body } = await app.send('officer', 'POST /v1/score', { rows: { application_test: [{ AMT_CREDIT: 450_000 }] } });
    expect([status, body]).toEqual([200, expect.objectContaining({ applicantId: null })]);
    expect(body).toMatchObject({
      dataQuality: expect.arrayContaining([expect.objectContaining({ issue: 'missing-table', table: 'bureau' })]),
    });
  });

  test.each([
    ['BREW /v1/score HTTP/1.1\r\n\r\n', 400],
    [`GET /health HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    ['hello\r\n\r\n', 400],
  ])('what is no request of HTTP, such as %.20j, is a problem too', async (sent, status) => {
    const [head, body] = await overSocket(sent);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*Content-Type: application/problem\\+json`));
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code: 'INVALID_REQUEST' });
  });

  test.each([
    ['a table', 'score', { rows: { bureua: [] } }, 'bureau'],
    ['a column', 'explain', { rows: { application_test: [{ AMT_CREDTI: 1 }] } }, 'AMT_CREDIT'],
    ['a change', 'whatif', { id: 1, changes: { AMT_ANUITY: 1 } }, 'AMT_ANNUITY'],
  ])('%s whose name is nearly right is told the right one', async (_what, route, body, meant) => {
    const { detail } = await expectProblem(await app.send('officer', `POST /v1/${route}`, body), 400, 'INVALID_REQUEST');
    expect(detail).toContain(`Did you mean "${meant}"?`);
  });

  test('a huge body, a huge number of rows, another media type', async () => {
    await expectProblem(await app.send('officer', 'POST /v1/score', { id: 1, rows: 'x'.repeat(300_000) }), 413, 'BODY_TOO_LARGE');
    // So large that it is still being sent when it is refused: the answer is read all the same, and the connection goes on.
    const large = JSON.stringify({ id: 1, rows: 'x'.repeat(30_000_000) });
    for (const connection of ['keep-alive', 'close']) {
      const [head, body] = await overSocket(
        `POST /v1/score HTTP/1.1\r\nhost: a\r\nconnection: ${connection}\r\nauthorization: Bearer ${app.keys.officer}\r\n` +
          `content-type: application/json\r\ncontent-length: ${large.length}\r\n\r\n${large}`,
      );
      expect([head, body]).toEqual([expect.stringMatching(/^HTTP\/1.1 413 /), expect.stringContaining('"code":"BODY_TOO_LARGE"')]);
    }
    const bureau = Array.from({ length: 5001 }, () => ({}));
    await expectProblem(await app.send('officer', 'POST /v1/score', { rows: { ...one, bureau } }), 400, 'INVALID_REQUEST');
    const html = { 'content-type': 'text/html' };
    await expectProblem(await app.send('officer', 'POST /v1/score', '{"id": 1}', html), 415, 'UNSUPPORTED_MEDIA_TYPE');
    await expectProblem(
      await app.send('officer', 'POST /v1/score', '{"id": 1}', { 'content-type': 'text/plain' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test.each([
    ['GET /v1/applicants/abc', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants/0', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants/2147483647', 404, 'APPLICANT_UNKNOWN'],
    ['GET /v1/applicants?limit=0', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants?colour=red', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants?sort=name', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants?decision=maybe', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants?search=smith', 400, 'INVALID_REQUEST'],
    ['GET /v1/applicants?sort=-credit&after=2147483647', 422, 'DATA_BAD_VALUE'],
    ['GET /v1/me?colour=red', 400, 'INVALID_REQUEST'],
    ['GET /v1/features/ext_sorce_mean', 404, 'NOT_FOUND'],
    ['GET /v1/decisions/999999', 404, 'NOT_FOUND'],
    ['GET /v1/nothing', 404, 'NOT_FOUND'],
    ['GET /v1/applicants/%zz', 400, 'INVALID_REQUEST'],
    ['GET /v1/score', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE /v1/decisions/1', 405, 'METHOD_NOT_ALLOWED'],
    ['QUERY /v1/applicants', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s', async (line, status, code) => {
    await expectProblem(await app.send('officer', line), status, code);
  });

  test.each([
    ['an immutable field', { AMT_INCOME_TOTAL: 1 }, 400],
    ['a derived feature', { loan_term_months: 12 }, 400],
    ['a negative amount', { AMT_CREDIT: -5 }, 400],
  ])('a what-if of %s', async (_what, changes, status) => {
    const { ids } = await app.scorer.applicants({ limit: 1 });
    await expectProblem(await app.send('officer', 'POST /v1/whatif', { id: ids[0], changes }), status, 'INVALID_REQUEST');
  });

  test('a feature that the model does not have', async () => {
    const { ids } = await app.scorer.applicants({ limit: 1 });
    const population = await app.send('officer', 'POST /v1/population', { id: ids[0], feature: 'no such' });
    expect((await expectProblem(population, 422, 'DATA_BAD_VALUE')).errors?.[0]?.pointer).toBe('/feature');
    const [x = ''] = app.scorer.features().map(({ name }) => name);
    const bivariate = await app.send('officer', 'POST /v1/bivariate', { id: ids[0], x, y: 'no such' });
    expect((await expectProblem(bivariate, 422, 'DATA_BAD_VALUE')).errors?.[0]?.pointer).toBe('/y');
  });
});

test('calls beyond the rate are refused for a while, and say for how long', async () => {
  await using limited = await openWorldApp({ ratePerMinute: 5 }, (world, dir) => openWorldScorer(world, dir, { book: false }));
  for (let n = 0; n < 5; n++) expect((await limited.send('officer', 'GET /v1/me')).status).toBe(200);
  const reply = await limited.send('officer', 'GET /v1/me');
  expect(reply).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  // Another key has calls of its own.
  expect((await limited.send('admin', 'GET /v1/me')).status).toBe(200);
}, 300_000);

test('an answer that takes longer than it may ends so, and what it waited for is no matter to the next', async () => {
  await using registry = await silentRegistry();
  const open: typeof openWorldScorer = (world, dir) =>
    openWorldScorer(world, dir, { registry: { uri: registry.uri }, pollMs: 0, book: false, onEvent: () => {} });
  await using slow = await openWorldApp({ timeoutMs: 200 }, open);
  const refreshed = registry.holdNext();
  const reply = await slow.send('admin', 'POST /v1/model/refresh');
  expect(reply).toMatchObject({ status: 503, body: { code: 'TIMEOUT', detail: expect.stringContaining('no answer after 0.2 s') } });
  expect(reply.headers.get('retry-after')).toBe('1');
  // It was asked, and is waited for still.
  (await refreshed).destroy();
  expect((await slow.send('admin', 'GET /v1/me')).status).toBe(200);
}, 300_000);

test('a log of decisions that cannot be used is a refusal for now, and the server’s own log says why', async () => {
  await app.decisions.close();
  const reply = await app.send('officer', 'GET /v1/decisions');
  await expectProblem(reply, 503, 'DECISION_LOG_UNAVAILABLE');
  expect((await app.send(null, 'GET /ready')).text).toContain('the decision log cannot be used');
  expect(app.logged()).toMatch(/"level":40,.*"code":"DECISION_LOG_UNAVAILABLE","why":"the decision log .* cannot be used: /);
});
