import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { tableArtifact } from '../../../pipeline/testing/run-body.ts';
import { runCommand } from '../testing/run-command.ts';
import { sha256File } from '../../../pipeline/index.ts';
import { smallModelFolder } from '../testing/small-model.ts';

const u = (seed: number): string => `((hash(i * 7 + ${seed}) % 100003) / 100003.0)::double`;

/** Features of the small model, a probability, and outcomes that follow it `times` over. */
function batch(rows: number, seed: number, { move = 0, labels = 'known', times = 1 } = {}): string {
  const p = `least(0.95, 0.02 + 0.3 * ${u(seed + 2)} * ${u(seed + 3)})`;
  const target = labels === 'known' ? `(${u(seed + 4)} < ${times} * p)::tinyint` : 'null::tinyint';
  return `select * exclude (i), ${target} as TARGET from (select i, (i + ${seed * 1000})::integer as SK_ID_CURR, (${u(seed)} * 3 + ${move})::float as x,
    ${u(seed + 1)}::float as y, case when ${u(seed + 5)} < 0.4 then 'é' else 'b' end as level, ${p} as p from range(${rows}) t(i)) order by SK_ID_CURR`;
}

let [reference, current, model, policy] = ['', '', '', ''];
beforeAll(async () => {
  reference = await tableArtifact(batch(2500, 11));
  current = await tableArtifact(batch(2000, 9011, { labels: 'none' }));
  model = await smallModelFolder();
  policy = join(model, 'policy.yaml');
  await writeFile(policy, 'threshold: 0.1\nmoney: { currency: EUR, unit: 300 }\nsegments: [level]\n');
});

async function withOof(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-model-'));
  for (const name of ['model.ubj', 'summary.json', 'calibrator.json', 'decision.json'])
    await copyFile(join(model, name), join(folder, name));
  const oof = await tableArtifact(`select SK_ID_CURR, TARGET, p::float as probability from (${batch(2500, 11)}) where SK_ID_CURR % 2 = 0`);
  await copyFile(oof, join(folder, 'oof.parquet'));
  await writeFile(join(folder, 'catalogue.json'), '[]');
  return folder;
}

describe('outcomes', () => {
  const coded = (code: string): Promise<string> => tableArtifact(`select * replace (${code} as TARGET) from (${batch(600, 11)})`);

  test('of other codes are refused with the value and how often it stands, whoever holds them and however scores are had', async () => {
    const odd = await coded('case when SK_ID_CURR % 3 = 0 then 2 else TARGET end::tinyint');
    const refused = /column "TARGET" of .* holds 2 in 200 rows, which is no outcome/;
    await expect(runCommand({ reference: odd, current, model })).rejects.toThrow(refused);
    await expect(runCommand({ reference, current: odd, score: 'p', policy })).rejects.toThrow(refused);
  });

  test('may be missing, as null or NaN, and are of no concern where nothing is scored', async () => {
    const open = await coded(`case when SK_ID_CURR % 3 = 0 then 'nan'::double when SK_ID_CURR % 3 = 1 then TARGET end`);
    expect((await runCommand({ reference: open, current, score: 'p', policy })).result.estimate?.reference.rows).toBe(200);
    const odd = await coded('7::tinyint');
    expect((await runCommand({ reference: odd, current: odd })).result.verdict.status).toBe('ok');
  });
});

describe('sluice drift --model', () => {
  test('where outcomes contradict a model that calibrates nothing, the estimate names what was fitted instead', async () => {
    const folder = await withOof();
    // Only rows out of fold have outcomes: the tiny model's own scores claim nothing true.
    const held = await tableArtifact(`select * replace (case when SK_ID_CURR % 2 = 0 then TARGET end as TARGET) from (${batch(2500, 11)})`);
    const believed = await runCommand({ reference: held, current, model: folder });
    const inflated = `select SK_ID_CURR, (3 * p / (1 + 2 * p))::float as probability from (${batch(2500, 11)}) where SK_ID_CURR % 2 = 0`;
    await copyFile(await tableArtifact(inflated), join(folder, 'oof.parquet'));
    const contradicted = await runCommand({ reference: held, current, model: folder });
    expect([believed.result.estimate?.calibration, contradicted.result.estimate?.calibration]).toEqual(['none', 'platt']);
  });

  test('a batch without its key is not scored, and its contract is broken: no silence', async () => {
    const keyless = await tableArtifact(`select * exclude (SK_ID_CURR) from (${batch(600, 9011)})`);
    const { code, result, said } = await runCommand({ reference, current: keyless, model });
    expect(code).toBe(3);
    expect(said).toContain('SK_ID_CURR: absent from the current part');
    expect(result.unknown?.score).toContain('has no column SK_ID_CURR');
  });

  test('infinite values of a feature count as missing, for the model as for the comparison', async () => {
    const some = (value: string): string =>
      `select * replace (case when SK_ID_CURR % 5 = 0 then ${value} else x end as x) from (${batch(800, 9011)})`;
    const infinite = await runCommand({ reference, current: await tableArtifact(some(`'-inf'::float`)), model });
    const absent = await runCommand({ reference, current: await tableArtifact(some('null::float')), model });
    expect(infinite.result.score).toEqual(absent.result.score);
    expect(infinite.result.columns).toEqual(absent.result.columns);
  });

  test('scores, explains, tells apart and costs two batches of one population: nothing to do', async () => {
    const { code, result } = await runCommand({ reference, current, model: await withOof() });
    expect(code).toBe(0);
    expect(result.score?.psi ?? 1).toBeLessThan(0.02);
    expect(result.shift).toMatchObject({ rows: { reference: 1000, current: 1000 } });
    expect(result.shift?.sumError).toBeLessThan(1e-6);
    // Only x moves the small model's scores, and it has not moved.
    expect(result.importance?.features[0]?.feature).toBe('x');
    expect(result.importance?.weightedDrift).toBeLessThan(0.02);
    expect(result.joint?.domainAuc.lo).toBeLessThan(0.5);
    expect(result.estimate?.reference.rows).toBe(2500);
    expect(result.estimate?.confidenceBased.all.rows).toBe(2000);
    expect(result.estimate?.weighted?.all.costPerLoan.value).not.toBeNull();
    expect(result.unknown).toEqual({ segments: 'no column groups the applicants' });
  });

  test('drift.json says which model, cut-off and policy gave it', async () => {
    const byModel = (await runCommand({ reference, current, model })).result;
    expect(byModel.model).toEqual({ sha256: await sha256File(join(model, 'model.ubj')), threshold: 0.3 });
    const byScore = (await runCommand({ reference, current, score: 'p', policy })).result;
    expect(byScore.model).toEqual({ sha256: null, threshold: 0.1 });
    // Nothing that is known has a reason why it is not.
    expect(Object.keys(byScore.unknown ?? {})).toEqual(['shift', 'importance']);
    const without = (await runCommand({ reference, current, 'columns-only': true })).result;
    expect(without.model).toBeNull();
    expect(without.unknown?.joint).toBe('left out by --columns-only');
    expect(without.policySha256).toBe(byModel.policySha256);
    expect(byScore.policySha256).not.toBe(byModel.policySha256);
  });

  test('a moved feature that the model rests on is named, and acts through the scores', async () => {
    const moved = await tableArtifact(batch(2000, 9011, { move: 0.8, labels: 'none' }));
    const { code, result } = await runCommand({ reference, current: moved, model: await withOof() });
    expect(code).toBe(2);
    const acting = result.decision?.findings.filter(({ level }) => level === 'act').map(({ rule }) => rule);
    expect(acting).toEqual(expect.arrayContaining(['score_psi', 'weighted_drift', 'top_feature[x]']));
    expect(result.shift?.features[0]?.name).toBe('x');
    expect(result.joint?.top[0]?.feature).toBe('x');
  });

  test('without out-of-fold scores nobody knows which rows are in-sample: no estimate, and it says why', async () => {
    const { result } = await runCommand({ reference, current, model });
    expect(result.estimate).toBeNull();
    expect(result.unknown?.['estimate']).toMatch(/^no oof\.parquet lies beside the model/);
    expect(result.shift).not.toBeNull();
  });

  test('a batch without a feature is told as broken and not scored', async () => {
    const lacking = await tableArtifact(`select * exclude (x) from (${batch(2000, 9011)})`);
    const { code, result } = await runCommand({ reference, current: lacking, model });
    expect(code).toBe(3);
    expect(result.score).toBeNull();
    expect(result.unknown?.['score']).toMatch(/has no column x, which the model needs$/);
  });

  test.each([
    [{ model: '/nowhere' }, /--model \/nowhere is no folder/],
    [{ model: tmpdir() }, /holds no model\.ubj, model\.txt or model\.json/],
    [{ model: 'latest' }, /no store in this test/],
    [{ model: 'x', score: 'p' }, /--score and --model cannot both be given/],
  ])('%j', async (options, words) => {
    await expect(runCommand({ reference, current, ...options })).rejects.toThrow(words);
  });

  test('a damaged summary, and a reference that lacks a feature, are named', async () => {
    const folder = await withOof();
    await writeFile(join(folder, 'summary.json'), '{"library":');
    await expect(runCommand({ reference, current, model: folder })).rejects.toThrow(/summary\.json of --model cannot be read/);
    const lacking = await tableArtifact(`select * exclude (y) from (${batch(600, 3)})`);
    await expect(runCommand({ reference: lacking, current, model })).rejects.toThrow(/has no column "y", which the model needs/);
  });
});

describe('a profile for reference', () => {
  test.each([
    ['--score', () => Promise.resolve({ score: 'p', policy })],
    ['--model', async () => ({ model: await withOof(), policy })],
  ])('%s: the same numbers without the rows', async (_, options) => {
    const profile = join(await mkdtemp(join(tmpdir(), 'sluice-profile-')), 'profile.parquet');
    const given = await options();
    const rows = await runCommand({ reference, current, 'save-profile': profile, ...given });
    const later = await runCommand({ reference: profile, current, ...given });
    expect(later.code).toBe(rows.code);
    expect(later.result.columns).toEqual(rows.result.columns);
    expect(later.result.evidently).toEqual(rows.result.evidently);
    expect(later.result.score).toEqual(rows.result.score);
    expect(later.result.segments).toEqual(rows.result.segments);
    expect(rows.result.segments).toMatchObject([{ attribute: 'level', groups: [{ group: 'b' }, { group: 'é' }] }]);
    expect(later.result.reference).toMatchObject({ rows: 2500, sha256: rows.result.reference.sha256 });
    expect(later.result.estimate?.confidenceBased).toEqual(rows.result.estimate?.confidenceBased);
    expect(later.result.estimate?.reference).toEqual(rows.result.estimate?.reference);
    expect(later.result.shift).toEqual(rows.result.shift);
    expect(later.result.importance).toEqual(rows.result.importance);
    expect(later.result.joint?.reconstruction).toEqual(rows.result.joint?.reconstruction);
    expect(rows.result.joint?.reconstruction?.features).toBeGreaterThan(1);
    // Rows of persons are not kept: who resembles whom is not known, and it says so.
    expect(later.result.joint?.domainAuc).toEqual({ value: null, lo: null, hi: null });
    expect(later.result.unknown?.['domain']).toBe('a profile holds no rows to tell apart');
    expect(later.result.estimate?.weighted ?? null).toBeNull();
  });

  test('of another model it holds the scores, not why they are so', async () => {
    const profile = join(await mkdtemp(join(tmpdir(), 'sluice-profile-')), 'profile.parquet');
    await runCommand({ reference, current, 'save-profile': profile, score: 'p', policy });
    const { unknown, shift } = (await runCommand({ reference: profile, current, model: await withOof() })).result;
    expect(shift).toBeNull();
    expect(unknown).toMatchObject({ shift: 'the profile holds no contributions of this model', importance: unknown?.['shift'] });
  });

  test('it is no batch, and not profiled again', async () => {
    const profile = join(await mkdtemp(join(tmpdir(), 'sluice-profile-')), 'profile.parquet');
    await runCommand({ reference, current, 'save-profile': profile, 'columns-only': true });
    await expect(runCommand({ reference, current: profile })).rejects.toThrow(/is the profile of a reference, not a batch of rows/);
    await expect(runCommand({ reference: profile, current, 'save-profile': profile })).rejects.toThrow(/is a profile already/);
  });
});

describe('sluice drift --score with outcomes', () => {
  test('estimates the cost in money, and needs a threshold for it', async () => {
    const { result } = await runCommand({ reference, current, score: 'p', policy });
    expect(result.money).toEqual({ currency: 'EUR', unit: 300 });
    expect(result.estimate?.calibration).toBe('isotonic');
    const without = await runCommand({ reference, current, score: 'p' });
    expect(without.result.estimate).toBeNull();
    expect(without.result.unknown?.['estimate']).toBe('the policy names no threshold');
  });

  test('the ledger: expected first, realised when outcomes come; concept drift acts, covariate drift does not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-ledger-'));
    const history = join(folder, 'history.ndjson');
    const judge = (table: string, name: string) => runCommand({ reference, current: table, score: 'p', policy, history, batch: name });
    const first = await judge(current, 'jan');
    expect(first.result.realised).toBeNull();
    const ripe = await judge(await tableArtifact(batch(2000, 9011)), 'jan');
    expect(ripe.result.realised).toMatchObject({ rows: 2000, unlabelled: 0, bounds: null, drift: 'none', expected: { source: 'history' } });
    expect(ripe.result.realised?.expected.costPerLoan).toEqual(first.result.estimate?.confidenceBased.all.costPerLoan);
    const worse = await judge(await tableArtifact(batch(2000, 9011, { times: 1.8 })), 'jan');
    expect(worse).toMatchObject({ code: 2, result: { realised: { drift: 'concept' }, decision: { retrain: true } } });
    expect(worse.result.verdict.reasons[0]).toMatch(/^Realised default rate .* was expected: concept drift\.$/);
    const entries = (await readFile(history, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(entries).toHaveLength(3);
    expect(entries[2]).toMatchObject({ batch: 'jan', drift: 'concept', cost: first.result.estimate?.confidenceBased.all.costPerLoan });
    // Another mix of applicants that default as their scores say.
    const other = `select * replace (x + 2 as x, 'new' as level) from (${batch(2000, 21)})`;
    expect((await judge(await tableArtifact(other), 'feb')).result.realised).toMatchObject({
      drift: 'covariate',
      expected: { source: 'now' },
    });
  });

  test('labels of a part only: held against those rows, with bounds for the whole', async () => {
    const partly = `select * replace (case when p < 0.1 then TARGET end as TARGET) from (${batch(2000, 9011)})`;
    const { realised, estimate } = (await runCommand({ reference, current: await tableArtifact(partly), score: 'p', policy })).result;
    expect(realised?.rows).toBe(estimate?.confidenceBased.approved.rows);
    expect(realised?.unlabelled).toBe(estimate?.confidenceBased.rejected.rows);
    // Nothing is refused among them: the cost is ten for each default.
    expect(realised?.costPerLoan.value).toBeCloseTo(10 * (realised?.defaultRate.value ?? 0), 12);
    const share = (realised?.unlabelled ?? 0) / 2000;
    expect((realised?.bounds?.hi ?? 0) - (realised?.bounds?.lo ?? 0)).toBeCloseTo(share, 12);
  });

  test('the order of rows and columns changes no number', async () => {
    const turned = await tableArtifact(`select level, TARGET, y, p, x, SK_ID_CURR from (${batch(2000, 9011)}) order by hash(SK_ID_CURR)`);
    const straight = await tableArtifact(batch(2000, 9011));
    const [one, two] = [
      (await runCommand({ reference, current: straight, score: 'p', policy })).result,
      (await runCommand({ reference, current: turned, score: 'p', policy })).result,
    ];
    const ofBatch = (found: typeof one) => ({ ...found, current: null, decision: found.decision?.findings });
    expect(ofBatch(two)).toEqual(ofBatch(one));
  });
});
