import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import type { Role } from '../roles.ts';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { keepWorldModel, servedArtifacts, servedWorld } from '../testing/served-world.ts';
import { verifyLog } from '../decisions/verify-log.ts';
import { replay } from '../decisions/replay.ts';
import { endpoints } from './endpoints/all.ts';
import { explainResponse } from './schemas/explain.ts';
import { monitorResponse } from './schemas/service.ts';
import { openWorldApp, type Reply, type WorldApp } from './testing/open-world-app.ts';

let app: WorldApp;
/** Somebody refused, somebody granted, and the raw rows of the first. */
let refused = 0;
let granted = 0;
let rows: RawRows = {};

beforeAll(async () => {
  app = await openWorldApp();
  const { ids } = await app.scorer.applicants({ limit: 200 });
  for (const id of ids) {
    const { decision } = await app.scorer.score({ id }, { reasons: false });
    if (decision === 'refuse') refused ||= id;
    else granted ||= id;
    if (refused > 0 && granted > 0) break;
  }
  rows = (await app.scorer.inputs({ id: refused })).rows;
}, 300_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** An answer is of the status and schema that the contract has for the route. */
function expectContract(name: string, reply: Reply): unknown {
  const endpoint = endpoints.find((each) => each.name === name);
  expect([name, reply.status, reply.text.slice(0, 300)]).toEqual([name, endpoint?.status ?? 200, expect.any(String)]);
  const parsed = endpoint?.response.safeParse(reply.body);
  expect([name, parsed?.error === undefined ? '' : z.prettifyError(parsed.error)]).toEqual([name, '']);
  return reply.body;
}

describe('every route answers as the contract says', () => {
  test.each(['score', 'explain', 'counterfactuals', 'similar', 'population'])('POST /v1/%s, by id and by rows', async (name) => {
    const byId = expectContract(name, await app.send('officer', `POST /v1/${name}`, { id: refused }));
    const byRows = expectContract(name, await app.send('officer', `POST /v1/${name}`, { rows }));
    // The same person: but for the id, the same answer to the bit.
    expect(JSON.stringify(byRows).replaceAll('"applicantId":null', `"applicantId":${refused}`)).toBe(JSON.stringify(byId));
  });

  test('an explanation adds up to the log-odds, whole or with its largest contributions alone', async () => {
    const of = z.object({
      score: z.object({ logOdds: z.number() }),
      explanation: z.object({
        bias: z.number(),
        contributions: z.array(z.object({ contribution: z.number() })),
        others: z.object({ count: z.int(), contribution: z.number() }).optional(),
      }),
    });
    const reply = await app.send('officer', 'POST /v1/explain', { id: refused });
    expect(reply.text).toBe(JSON.stringify(reply.body));
    const whole = of.parse(reply.body);
    const short = of.parse(expectContract('explain', await app.send('officer', 'POST /v1/explain', { id: refused, top: 5 })));
    expect([whole.explanation.others, short.explanation.contributions.length]).toEqual([undefined, 5]);
    expect(short.explanation.others?.count).toBe(whole.explanation.contributions.length - 5);
    for (const { score, explanation } of [whole, short]) {
      const sum = explanation.contributions.reduce(
        (total, { contribution }) => total + contribution,
        explanation.bias + (explanation.others?.contribution ?? 0),
      );
      expect(Math.abs(sum - score.logOdds)).toBeLessThan(1e-4 * (1 + Math.abs(score.logOdds)));
    }
  });

  test('POST /v1/whatif scores the changed loan, and without changes says what can be changed', async () => {
    const credit = { AMT_CREDIT: 100_000 };
    const answer = expectContract('whatIf', await app.send('officer', 'POST /v1/whatif', { id: refused, changes: credit }));
    const application = rows.application_test?.[0] ?? rows.application_train?.[0] ?? {};
    const table = rows.application_test?.[0] === undefined ? 'application_train' : 'application_test';
    const { body } = await app.send('officer', 'POST /v1/score', { rows: { ...rows, [table]: [{ ...application, ...credit }] } });
    expect(answer).toMatchObject({ after: body });
    expectContract('whatIf', await app.send('officer', 'POST /v1/whatif', { rows, changes: {} }));
  });

  test('POST /v1/bivariate, population of a feature', async () => {
    const [x = '', y = ''] = app.scorer
      .features()
      .filter(({ position }) => position !== null)
      .map(({ name }) => name);
    expectContract('bivariate', await app.send('officer', 'POST /v1/bivariate', { id: granted, x, y }));
    expect(expectContract('population', await app.send('officer', 'POST /v1/population', { id: granted, feature: x }))).toMatchObject({
      standing: { feature: x },
    });
  });

  test('GET: the book, one applicant, features', async () => {
    const page = expectContract('applicants', await app.send('officer', 'GET /v1/applicants?limit=2'));
    const { next } = z.object({ next: z.int(), total: z.int().min(1000) }).parse(page);
    expect(expectContract('applicants', await app.send('officer', `GET /v1/applicants?limit=2&after=${next}&search=1`))).toBeDefined();
    const riskiest = expectContract(
      'applicants',
      await app.send('officer', 'GET /v1/applicants?sort=-probability&decision=refuse&limit=1'),
    );
    expect(riskiest).toMatchObject({ applicants: [{ decision: 'refuse' }], contracts: ['Cash loans', 'Revolving loans'] });
    for (const [name, path] of [
      ['applicant', ''],
      ['personal', '/personal'],
      ['prediction', '/prediction'],
      ['gauge', '/gauge'],
      ['explanation', '/explanation'],
    ] as const)
      expectContract(name, await app.send('reviewer', `GET /v1/applicants/${refused}${path}`));
    const features = expectContract('features', await app.send('officer', 'GET /v1/features?search=ext&inModel=true&limit=3'));
    const [first] = z.object({ features: z.array(z.object({ name: z.string() })) }).parse(features).features;
    expectContract('feature', await app.send('officer', `GET /v1/features/${first?.name}`));
  });

  test('GET: the service', async () => {
    expectContract('health', await app.send(null, 'GET /health'));
    expectContract('ready', await app.send(null, 'GET /ready'));
    expect(expectContract('me', await app.send('officer', 'GET /v1/me'))).toEqual({ name: 'the officer', role: 'officer' });
    expectContract('model', await app.send('officer', 'GET /v1/model'));
    expectContract('refresh', await app.send('admin', 'POST /v1/model/refresh'));
    expectContract('verify', await app.send('reviewer', 'GET /v1/verification'));
    const { scored } = app.scorer.status();
    const metrics = await app.send('reviewer', 'GET /metrics');
    expect(app.scorer.status().scored).toBe(scored);
    for (const name of [
      'sluice_scored_total',
      'sluice_shadow_scored_total',
      'sluice_score_drift_psi',
      'sluice_http_request_seconds_bucket',
    ])
      expect(metrics.text).toContain(`\n${name}`);
  });

  test('the gauge, the prediction and the score say one probability', async () => {
    const [score, gauge, prediction] = await Promise.all([
      app.send('officer', 'POST /v1/score', { id: refused }),
      app.send('officer', `GET /v1/applicants/${refused}/gauge`),
      app.send('officer', `GET /v1/applicants/${refused}/prediction`),
    ]);
    const of = z.object({ probabilityOfDefault: z.object({ value: z.number() }), text: z.object({ en: z.string() }).optional() });
    const value = of.parse(score.body).probabilityOfDefault.value;
    expect(of.parse(prediction.body).probabilityOfDefault.value).toBe(value);
    expect(of.parse(gauge.body).probabilityOfDefault.value).toBe(value);
    expect(of.parse(gauge.body).text?.en).toMatch(new RegExp(`is ${(100 * value).toFixed(1).replace('.', '\\.')}\\d*%`));
  });

  test('drift of scores is watched: a hundred of the riskiest applicants move the index past its limit', async () => {
    for (let n = 0; n < 101; n++) await app.send('officer', 'POST /v1/score', { id: refused, reasons: false });
    const monitor = monitorResponse.parse(expectContract('monitor', await app.send('reviewer', 'GET /v1/monitor')));
    expect(monitor.scoreDrift.status).toBe('act');
    expect(monitor.scoreDrift.bins.reduce((sum, { observed }) => sum + observed, 0)).toBeCloseTo(1, 9);
    expect((await app.send('admin', 'GET /metrics')).text).toContain(`\nsluice_score_drift_psi ${monitor.scoreDrift.psi}`);
  });
});

test('contributions of features are whole billionths, as the contract says, and sums of them are told as they are', async () => {
  const { components } = z
    .object({
      components: z.object({ schemas: z.record(z.string(), z.looseObject({ properties: z.record(z.string(), z.any()).optional() })) }),
    })
    .parse((await app.send(null, 'GET /v1/openapi.json')).body);
  const { contribution, beyondReference } = components.schemas['FeatureContribution']?.properties ?? {};
  for (const { description } of [contribution, beyondReference]) expect(description).toContain('whole billionths');
  const { explanation } = explainResponse.parse((await app.send('officer', 'POST /v1/explain', { id: refused })).body);
  if (explanation.kind !== 'exact') throw new Error('the model has no exact contributions');
  const told = explanation.contributions.flatMap((each) => [each.contribution, each.beyondReference ?? 0]);
  expect(told.filter((value) => Number(value.toFixed(9)) !== value)).toEqual([]);
  expect(explanation.contributions.filter((each) => each.contribution === 0)).toEqual([]);
  const sums = new Map<string, number>();
  for (const each of explanation.contributions) sums.set(each.concept, (sums.get(each.concept) ?? 0) + each.contribution);
  for (const { concept, contribution: whole } of explanation.concepts) expect(sums.get(concept) ?? 0).toBeCloseTo(whole, 6);
  expect(explanation.concepts.some((each) => Number(each.contribution.toFixed(9)) !== each.contribution)).toBe(true);
});

describe('an officer decides', () => {
  test('with the model, against it with a reason, and what is logged is replayed to the bit', async () => {
    const agreed = await app.send('officer', 'POST /v1/decisions', { id: refused, decision: 'refuse' });
    expect(expectContract('decide', agreed)).toMatchObject({ officer: 'the officer', override: false, modelDecision: 'refuse' });
    const reason = 'The employer’s letter of 3 March shows a permanent contract.';
    const override = await app.send('officer', 'POST /v1/decisions', { rows, decision: 'grant', reason });
    const { id } = z.object({ id: z.int() }).parse(expectContract('decide', override));
    const detail = expectContract('decision', await app.send('officer', `GET /v1/decisions/${id}`));
    expect(detail).toMatchObject({ override: true, reason, applicantId: null, inputs: { bureau: rows.bureau ?? [] } });
    const list = expectContract('decisions', await app.send('reviewer', 'GET /v1/decisions?override=true&limit=1'));
    expect(list).toMatchObject({ decisions: [{ id, reason }], total: 1 });
    for (let each = 1; each <= id; each++) {
      const logged = await app.decisions.get(each);
      expect(logged === null ? null : await replay(app.scorer, logged)).toEqual({ outcome: 'same' });
    }
    const logged = await app.decisions.get(id);
    if (logged === null) throw new Error('it is not in the log');
    const tampered = {
      ...logged,
      probabilityOfDefault: { ...logged.probabilityOfDefault, value: logged.probabilityOfDefault.value + 1e-15 },
    };
    // A year later another model decides; the one of the time is kept, and says the same.
    const world = await servedWorld();
    const later = await servedArtifacts(world);
    await keepWorldModel(world, 'rival', join(later, 'serving'));
    await using after = await openWorldScorer(world, later, { book: false });
    expect(after.status().champion.version).not.toBe(logged.model.version);
    expect(await replay(after, logged)).toEqual({ outcome: 'same' });
    expect(await replay(app.scorer, tampered)).toMatchObject({ outcome: 'different', differences: [{ what: 'probabilityOfDefault' }] });
    expect(await replay(app.scorer, { ...logged, model: { ...logged.model, sha256: 'f'.repeat(64) } })).toMatchObject({
      outcome: 'unavailable',
    });
  });

  test('an override without a reason, and a decision on a score that is no longer so, are not logged', async () => {
    const { id: before } = await app.decisions.head();
    expect(await app.send('officer', 'POST /v1/decisions', { id: refused, decision: 'grant' })).toMatchObject({
      status: 422,
      body: { code: 'REASON_MISSING', errors: [{ pointer: '/reason' }] },
    });
    const blank = { id: refused, decision: 'grant', reason: '              ' };
    expect(await app.send('officer', 'POST /v1/decisions', blank)).toMatchObject({ status: 400 });
    const seen = { sha256: '0'.repeat(64), featureDigest: '1'.repeat(64) };
    expect(await app.send('officer', 'POST /v1/decisions', { id: refused, decision: 'refuse', seen })).toMatchObject({
      status: 409,
      body: { code: 'STALE_SCORE' },
    });
    expect((await app.decisions.head()).id).toBe(before);
  });

  test('many at once are each logged once, in one chain', async () => {
    const { id: before } = await app.decisions.head();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        app.send(n % 2 === 0 ? 'officer' : 'admin', 'POST /v1/decisions', { id: granted, decision: 'grant' }),
      ),
    );
    const ids = replies.map(({ body }) => z.object({ id: z.int() }).parse(body).id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => before + n + 1));
    expect(await verifyLog(app.decisions)).toMatchObject({ intact: true, decisions: before + 40 });
  });

  test('a request with a key is logged once, however often and however it is sent; another with its key is refused', async () => {
    const { id: before } = await app.decisions.head();
    const key = { 'idempotency-key': '7d1f-0b' };
    const asked = { id: refused, decision: 'refuse', reason: 'As the model says, and I think so too.' };
    const decide = (role: Role, body: unknown, headers: Readonly<Record<string, string>>) =>
      app.send(role, 'POST /v1/decisions', body, headers);
    // What is refused is not logged, and does not use the key up.
    expect(await decide('officer', { ...asked, decision: 'grant', reason: undefined }, key)).toMatchObject({ status: 422 });
    // Nobody waits for this answer.
    await fetch(`${app.address}/v1/decisions`, {
      method: 'POST',
      body: JSON.stringify(asked),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${app.keys.officer}`, ...key },
      signal: AbortSignal.timeout(5),
    }).catch(() => null);
    const twins = await Promise.all(Array.from({ length: 8 }, () => decide('officer', asked, key)));
    for (const twin of twins) expectContract('decide', twin);
    const { reason, decision, id } = asked;
    // In another order, and with the key as RFC 9651 writes a text.
    const again = await decide('officer', { reason: ` ${reason}`, decision, id }, { 'idempotency-key': '"7d1f-0b"' });
    expect(new Set([...twins, again].map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(again.body).toMatchObject({ id: before + 1 });
    expect((await app.decisions.head()).id).toBe(before + 1);
    expect(await decide('officer', { ...asked, id: granted }, key)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED', hint: expect.stringContaining(`/v1/decisions/${before + 1}`) },
    });
    // A key is its sender's.
    expect((await decide('admin', asked, key)).body).toMatchObject({ id: before + 2 });
    for (const bad of ['a b', '"a', 'é', 'a'.repeat(256), 'a\\b', '""'])
      expect([bad, await decide('officer', asked, { 'idempotency-key': bad })]).toMatchObject([
        bad,
        { status: 400, body: { errors: [{ pointer: 'Idempotency-Key' }] } },
      ]);
    expect((await app.decisions.head()).id).toBe(before + 2);
  });

  test('an officer sees their own decisions alone', async () => {
    const { body } = await app.send('admin', 'POST /v1/decisions', { id: granted, decision: 'grant' });
    const { id } = z.object({ id: z.int() }).parse(body);
    expect(await app.send('officer', `GET /v1/decisions/${id}`)).toMatchObject({ status: 404 });
    expect(await app.send('reviewer', `GET /v1/decisions/${id}`)).toMatchObject({ status: 200 });
    const own = z
      .object({ decisions: z.array(z.object({ officer: z.string() })) })
      .parse((await app.send('officer', 'GET /v1/decisions?limit=200')).body);
    expect(new Set(own.decisions.map(({ officer }) => officer))).toEqual(new Set(['the officer']));
  });
});

test('nothing of an applicant or an officer is in the log, whatever was called', async () => {
  await app.send('officer', `GET /v1/applicants/${refused}`);
  await app.send('officer', 'POST /v1/score', { rows: { application_test: [{ SK_ID_CURR: 7_654_321, OCCUPATION_TYPE: 4.251973486 }] } });
  await app.send('officer', 'POST /v1/score', {
    rows: { application_test: [{ SK_ID_CURR: 7_654_321, NAME_FAMILY_STATUS: 'Marzipan' }], bureau: 3 },
  });
  await app.send('officer', `GET /v1/applicants?search=${refused}`);
  const text = app.logged();
  expect(text.split('\n').length).toBeGreaterThan(100);
  const application = rows.application_test?.[0] ?? rows.application_train?.[0] ?? {};
  const values = Object.values(application).filter((value) => typeof value === 'number' && Math.abs(value) > 1000);
  expect(values.length).toBeGreaterThan(3);
  for (const secret of [
    refused,
    granted,
    ...values,
    'Marzipan',
    '4.251973486',
    '7654321',
    'permanent contract',
    'the officer',
    ...Object.values(app.keys),
  ])
    expect(new RegExp(`(?<![\\d.])${String(secret)}(?!\\d)`).test(text) ? `${secret} is in the log` : '').toBe('');
});
