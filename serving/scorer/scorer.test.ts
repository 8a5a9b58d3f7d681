import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { catalogueSchema } from '../../stages/features/catalogue.ts';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { keepWorldModel, type ServedWorld, servedArtifacts, servedWorld } from '../testing/served-world.ts';
import { conceptWords, TRANSLATED_CONCEPTS } from '../../stages/explanations/concept-words.ts';
import type { ScoreAnswer } from './score-answer.ts';
import type { Scorer } from './scorer.ts';
import type { ListedApplicant } from '../book/listing.ts';

let world: ServedWorld;
let scorer: Scorer;
let artifactsDir: string;
let answers: readonly ScoreAnswer[];
let refusals: readonly number[];

beforeAll(async () => {
  world = await servedWorld();
  artifactsDir = await servedArtifacts(world);
  scorer = await openWorldScorer(world, artifactsDir);
  const { ids } = await scorer.applicants({ limit: 400 });
  answers = await Promise.all(ids.map((id) => scorer.score({ id })));
  refusals = answers.flatMap(({ decision, applicantId }) => (decision === 'refuse' && applicantId !== null ? [applicantId] : []));
});
afterAll(() => scorer.close());

const refused = (at: number) => ({ id: refusals[at] ?? 0 });

test('the decision follows the threshold, the costs follow the probability, and the band is of those observed', () => {
  expect(refusals.length).toBeGreaterThan(20);
  for (const { probabilityOfDefault: own, threshold, decision, expectedCost, reasons } of answers) {
    expect(decision).toBe(own.value >= 1 / 11 ? 'refuse' : 'grant');
    expect(threshold.value).toBeCloseTo(1 / 11, 12);
    expect(expectedCost.grant).toBeCloseTo(10 * own.value, 12);
    expect(expectedCost.refuse).toBeCloseTo(1 - own.value, 12);
    expect(own.low).toBeLessThan(own.high ?? 0);
    expect(reasons.length).toBeLessThanOrEqual(decision === 'refuse' ? 4 : 0);
  }
});

test('every explanation adds up to the log-odds, by feature and by concept, and names no prohibited attribute', async () => {
  const prohibited = new Set(
    catalogueSchema
      .parse(JSON.parse(await readFile((await world.modelFiles('champion'))['catalogue.json'] ?? '', 'utf8')))
      .filter((entry) => entry.prohibited)
      .map(({ en }) => en),
  );
  const explained = await Promise.all(refusals.slice(0, 40).map((id) => scorer.explain({ id })));
  for (const { score, explanation } of explained) {
    if (explanation.kind === 'none') throw new Error('the world has contributions');
    const tolerance = 1e-4 * (1 + Math.abs(score.logOdds));
    for (const parts of [explanation.contributions, explanation.concepts]) {
      const sum = parts.reduce((total, { contribution }) => total + contribution, explanation.bias);
      expect(Math.abs(sum - score.logOdds)).toBeLessThan(tolerance);
    }
    expect(score.reasons.length).toBeGreaterThan(0);
    for (const { en } of score.reasons) expect([...prohibited].some((name) => en.includes(name))).toBe(false);
    expect([...explanation.forRefusal, ...explanation.forGrant].map(({ concept }) => concept)).not.toContain('sex and age');
  }
});

test('what-if is a scoring of the changed rows, and moves derived features only through them', async () => {
  const { rows } = await scorer.inputs(refused(0));
  const form = (rows.application_train ?? rows.application_test ?? [])[0] ?? {};
  const credit = Math.round(Number(form['AMT_CREDIT']) / 2);
  const { before, after, changed, moved, fields } = await scorer.whatIf(refused(0), { AMT_CREDIT: credit });
  const other: RawRows = { ...rows, application_train: [], application_test: [{ ...form, AMT_CREDIT: credit }] };
  expect({ ...(await scorer.score({ rows: other })), applicantId: null }).toEqual(after);
  expect(before.applicantId).toBe(refusals[0]);
  expect(changed).toEqual([{ field: 'AMT_CREDIT', from: form['AMT_CREDIT'], to: credit }]);
  expect(moved.map(({ feature }) => feature)).toContain('loan_credit');
  expect(moved.map(({ feature }) => feature)).not.toContain('income');
  expect(fields.every(({ low, high, current }) => current === null || (low <= current && current <= high))).toBe(true);
});

test.each([
  ['CODE_GENDER', 'immutable'],
  ['loan_credit', 'derived'],
  ['AMT_CREDITS', 'Did you mean "AMT_CREDIT"?'],
])('%s cannot be changed: %s', async (field, why) => {
  await expect(scorer.whatIf(refused(0), { [field]: 5 })).rejects.toMatchObject({
    code: 'DATA_BAD_VALUE',
    message: expect.stringContaining(why),
    data: { field: `changes.${field}` },
  });
});

test('a counterfactual is granted when it is asked for, and changes the loan alone', async () => {
  const found = [];
  for (const id of refusals.toSorted((a, b) => probabilityOf(a) - probabilityOf(b)).slice(0, 3))
    found.push(await scorer.counterfactuals({ id }));
  const turned = found.filter((answer) => answer.found !== null);
  expect(turned.length).toBeGreaterThan(0);
  for (const { found: way, words, lowest } of turned) {
    expect(way?.after.decision).toBe('grant');
    expect(Object.keys(way?.changes ?? {}).every((field) => ['AMT_CREDIT', 'AMT_ANNUITY', 'AMT_GOODS_PRICE'].includes(field))).toBe(true);
    expect(lowest).toBeLessThanOrEqual(way?.after.probabilityOfDefault.value ?? 0);
    expect(words.fr).toContain('aurait été acceptée');
  }
});

const probabilityOf = (id: number): number => answers.find(({ applicantId }) => applicantId === id)?.probabilityOfDefault.value ?? 1;

test('similar applicants are the nearest by concept, none of them oneself; the population knows where one stands', async () => {
  const { path } = await world.artifact('encode.holdout');
  expect(path).toContain('holdout');
  const { clients, observedDefaultRate, population } = await scorer.similar(refused(1), 20);
  expect(clients).toHaveLength(20);
  expect(clients.map(({ distance }) => distance)).toEqual(clients.map(({ distance }) => distance).toSorted((a, b) => a - b));
  expect(clients.map(({ id }) => id)).not.toContain(refusals[1]);
  expect(observedDefaultRate.value).toBe(clients.filter(({ outcome }) => outcome === 'defaulted').length / 20);
  const { standing } = await scorer.population(refused(1));
  const sum = [...standing.histogram.repaid, ...standing.histogram.defaulted].reduce((total, count) => total + count, 0);
  expect(sum).toBe(population.clients);
  const { standing: own } = await scorer.population(refused(1), 'ext_2');
  expect(own.histogram.edges.length).toBe(own.histogram.repaid.length + 1);
  await expect(scorer.population(refused(1), 'ext_22')).rejects.toMatchObject({ code: 'DATA_BAD_VALUE' });
  const { points, leftOut } = await scorer.bivariate(refused(1), { x: 'ext_2', y: 'ext_3' });
  expect(points.length + leftOut).toBe(population.clients);
});

test('wrong rows are refused by table, column and value', async () => {
  const form = { AMT_CREDIT: 100_000, NAME_CONTRACT_TYPE: 'Cash loans' };
  const attempt = (rows: unknown) => scorer.score({ rows: rows as RawRows });
  await expect(scorer.score({ id: 999_999_999 })).rejects.toMatchObject({ code: 'APPLICANT_UNKNOWN' });
  await expect(attempt({})).rejects.toMatchObject({ code: 'DATA_MISSING_TABLE' });
  await expect(attempt({ application_test: [form, form] })).rejects.toMatchObject({ code: 'DATA_DUPLICATE_KEY' });
  await expect(attempt({ application_test: [form], bureaux: [] })).rejects.toMatchObject({
    code: 'DATA_BAD_VALUE',
    data: { table: 'bureaux' },
  });
  await expect(attempt({ application_test: [{ ...form, AMT_CREDIT: 'much' }] })).rejects.toMatchObject({ data: { column: 'AMT_CREDIT' } });
  await expect(attempt({ application_test: [{ ...form, SK_ID_CURR: 5 }], bureau: [{ SK_ID_CURR: 6 }] })).rejects.toMatchObject({
    code: 'DATA_BAD_VALUE',
  });
  await expect(attempt({ application_test: [{ ...form, SK_ID_CURR: 1.5 }] })).rejects.toMatchObject({ data: { column: 'SK_ID_CURR' } });
  const { dataQuality } = await attempt({ application_test: [form] });
  expect(dataQuality.filter(({ issue }) => issue === 'missing-table').map(({ table }) => table)).toContain('bureau');
});

test('the list of applicants pages by prefix', async () => {
  const { ids, total } = await scorer.applicants({ limit: 10_000 });
  expect(ids).toHaveLength(total);
  const wanted = ids.filter((id) => String(id).startsWith('1001'));
  const first = await scorer.applicants({ prefix: '1001', limit: 7 });
  expect(first).toMatchObject({ ids: wanted.slice(0, 7), total: wanted.length });
  expect((await scorer.applicants({ prefix: '1001', after: first.ids.at(-1) ?? 0, limit: 3 })).ids).toEqual(wanted.slice(7, 10));
});

test('the list says of each what the score and the raw rows say, to the bit', async () => {
  const { applicants } = await scorer.applicants({ limit: 400 });
  expect(applicants.map(({ id, probabilityOfDefault, decision }) => ({ id, probabilityOfDefault, decision }))).toEqual(
    answers.map(({ applicantId: id, probabilityOfDefault, decision }) => ({
      id,
      probabilityOfDefault: probabilityOfDefault.value,
      decision,
    })),
  );
  for (const { id, contract, credit, annuity } of applicants.slice(0, 25)) {
    const { application_train: train = [], application_test: unlabelled = [] } = (await scorer.inputs({ id })).rows;
    expect([...train, ...unlabelled]).toMatchObject([{ NAME_CONTRACT_TYPE: contract, AMT_CREDIT: credit, AMT_ANNUITY: annuity }]);
  }
});

test.each(['-id', 'probability', '-probability', 'credit', '-credit'] as const)(
  'sorted by %s, pages hold everybody once, in order',
  async (order) => {
    const all = await scorer.applicants({ limit: 10_000 });
    const paged: ListedApplicant[] = [];
    for (let after: number | undefined, more = true; more;) {
      const { applicants, total } = await scorer.applicants({ order, limit: 300, ...(after === undefined ? {} : { after }) });
      expect(total).toBe(all.total);
      paged.push(...applicants);
      after = applicants.at(-1)?.id;
      more = applicants.length === 300;
    }
    const of = (one: ListedApplicant): number =>
      order.endsWith('id') ? one.id : order.endsWith('credit') ? (one.credit ?? -1) : one.probabilityOfDefault;
    const ascending = all.applicants.toSorted((a, b) => of(a) - of(b) || a.id - b.id);
    expect(paged).toEqual(order.startsWith('-') ? ascending.toReversed() : ascending);
  },
);

test('the list is narrowed by decision and kind of loan, and goes on after somebody of it alone', async () => {
  const all = await scorer.applicants({ limit: 10_000 });
  expect(all.contracts).toEqual(['Cash loans', 'Revolving loans']);
  const wanted = all.applicants.filter(({ decision, contract }) => decision === 'refuse' && contract === 'Cash loans');
  const found = await scorer.applicants({ decision: 'refuse', contract: 'Cash loans', limit: 5 });
  expect(found).toMatchObject({ applicants: wanted.slice(0, 5), total: wanted.length });
  expect((await scorer.applicants({ contract: 'Other loans', limit: 5 })).total).toBe(0);
  await expect(scorer.applicants({ order: '-credit', after: 999_999_999, limit: 5 })).rejects.toMatchObject({ data: { field: 'after' } });
});

test('a past decision is scored again by the model that made it, bit for bit', async () => {
  const past = answers[0];
  if (past === undefined) throw new Error('nobody was scored');
  await keepWorldModel(world, 'rival', join(artifactsDir, 'serving'));
  await using after = await openWorldScorer(world, artifactsDir, { book: false });
  expect(after.status().champion.version).toBe('2');
  const { rows } = await scorer.inputs({ id: past.applicantId ?? 0 });
  const again = await after.scoreWith(past.model, { rows });
  expect([again.logOdds, again.probabilityOfDefault.value, again.featureDigest, again.decision]).toEqual([
    past.logOdds,
    past.probabilityOfDefault.value,
    past.featureDigest,
    past.decision,
  ]);
  await expect(after.scoreWith({ version: '9', sha256: '0'.repeat(64) }, { rows })).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
});

test('a model that is not what was kept is refused at the start; one without words still scores, and says what is missing', async () => {
  const dir = await servedArtifacts(world);
  const kept = await keepWorldModel(world, 'champion', join(dir, 'serving'));
  const file = join(kept.folder, 'model.ubj');
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length - 1));
  await expect(openWorldScorer(world, dir)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('model.ubj') });
  const { 'catalogue.json': _catalogue, 'explanation_reference.json': _reference, ...bare } = await world.modelFiles('champion');
  await rm(join(dir, 'serving'), { recursive: true });
  await keepWorldModel({ ...world, modelFiles: async () => bare }, 'champion', join(dir, 'serving'));
  await using scorerWithout = await openWorldScorer(world, dir, { book: false });
  const { rows } = await scorer.inputs(refused(0));
  const { score, explanation } = await scorerWithout.explain({ rows });
  expect(score.logOdds).toBe((await scorer.score(refused(0))).logOdds);
  expect(score.reasons).toEqual([]);
  expect(explanation).toMatchObject({ kind: 'exact', missing: { en: expect.stringContaining('without its catalogue') } });
});

test('every concept of the catalogue has French words', async () => {
  const missing = scorer.features().filter(({ concept }) => !TRANSLATED_CONCEPTS.has(concept));
  expect(missing).toEqual([]);
  expect(conceptWords('income')).toEqual({ en: 'income', fr: 'revenus' });
});
