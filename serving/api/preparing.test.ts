import process from 'node:process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleFile } from '../../pipeline/testing/bundle-file.ts';
import { Scorer } from '../scorer/scorer.ts';
import { heldScorer } from '../testing/held-scorer.ts';
import { applicantsResponse } from './schemas/applicants.ts';
import { openWorldApp, type WorldApp } from './testing/open-world-app.ts';

const held = heldScorer();
let app: WorldApp;
beforeAll(async () => {
  app = await openWorldApp({}, held.open);
}, 300_000);
afterAll(async () => {
  await held.release();
  await app[Symbol.asyncDispose]();
});

const PREPARING = {
  status: 503,
  body: { code: 'BOOK_PREPARING', type: '/problems/book-preparing', hint: expect.stringContaining('Wait') },
};

test('right after the first start nobody is told that there is nobody: what needs the book says that it is being prepared', async () => {
  for (const line of [
    'GET /v1/applicants',
    'GET /v1/applicants?search=1',
    'GET /v1/applicants/100001',
    'GET /v1/applicants/100001/personal',
  ]) {
    const reply = await app.send('officer', line);
    expect([line, reply]).toMatchObject([line, PREPARING]);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  for (const name of ['score', 'explain', 'similar', 'population', 'counterfactuals'])
    expect([name, await app.send('officer', `POST /v1/${name}`, { id: 100_001 })]).toMatchObject([name, PREPARING]);
  expect(await app.send('officer', 'POST /v1/decisions', { id: 100_001, decision: 'grant' })).toMatchObject(PREPARING);
  expect((await app.decisions.head()).id).toBe(0);
});

test('meanwhile it is ready, says what it makes, and scores raw rows', async () => {
  const { status, body } = await app.send(null, 'GET /ready');
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      checks: expect.arrayContaining([{ name: 'book', ok: true, detail: 'being prepared: raw rows by applicant' }]),
    }),
  ]);
  const rows = { application_test: [{ AMT_CREDIT: 450_000 }] };
  expect((await app.send('officer', 'POST /v1/score', { rows })).status).toBe(200);
});

test('a book that is there is opened before calls are sent here', async () => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await using other = await openWorldApp({}, (world, artifactsDir) =>
    Scorer.open({
      projectDir: process.cwd(),
      artifactsDir,
      artifact: async (port) => {
        await held;
        return await world.artifact(port);
      },
      bundle: bundleFile,
      registry: null,
    }),
  );
  expect(await other.send(null, 'GET /ready')).toMatchObject({
    status: 503,
    body: { code: 'NOT_READY', detail: expect.stringContaining('book: being opened') },
  });
  letGo();
  await other.scorer.prepared();
  expect((await other.send(null, 'GET /ready')).status).toBe(200);
});

test('once it is made, the list is there and whoever is not in it is not there', async () => {
  await held.release();
  const { total, ids } = applicantsResponse.parse((await app.send('officer', 'GET /v1/applicants?limit=3')).body);
  expect([total > 1000, ids.length]).toEqual([true, 3]);
  expect((await app.send('officer', 'POST /v1/score', { id: ids[0] })).status).toBe(200);
  expect(await app.send('officer', 'POST /v1/score', { id: 2_147_483_647 })).toMatchObject({
    status: 404,
    body: { code: 'APPLICANT_UNKNOWN' },
  });
  expect((await app.send(null, 'GET /ready')).text).toContain(`"detail":"${total} applicants"`);
});
