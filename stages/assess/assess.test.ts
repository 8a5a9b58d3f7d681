import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { type BodyRun, jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { tabularIngest } from '../tabular/ingest/stage.ts';
import { crossFit } from '../calibrate/cross-fit.ts';
import { decide } from '../calibrate/decide.ts';
import { auc } from '../metrics/auc.ts';
import { createPrng } from '../metrics/prng.ts';
import { type Assessment, assessmentSchema } from './assessment-schema.ts';
import { costOfFairness } from './fairness/cost-of-fairness.ts';
import type { JudgedRows } from './judged-rows.ts';
import run from './run.ts';
import { assess } from './stage.ts';
import { rates, tallyGroups } from './tally.ts';
import { measureTime } from './time-bands.ts';

const costs = { falseNegative: 10, falsePositive: 1 };
const oof = { target: [0, 0, 0, 0, 1, 0, 1, 0, 0, 1], score: [0.02, 0.03, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.6] };
const { decision, economics } = decide(oof.target, oof.score, {
  costs,
  rule: 'costs',
  payoffs: null,
  maxApprovalShare: null,
  deploymentRate: null,
  replicates: 50,
  seed: 1,
});

/** 600 clients whose calibrated probability is right; women are a little safer. */
const PREDICTIONS = `select (100000 + i)::integer as SK_ID_CURR, (hash(i) % 1000 < 1000 * p)::tinyint as target, ln(p / (1 - p))::float as margin,
  p::float as probability, p::double as calibrated, (p >= 1.0 / 11)::tinyint as decision
  from (select i, 0.01 + 0.3 * (i % 50) / 50 + case when i % 3 = 0 then 0.03 else 0 end as p from range(600) t(i)) order by i`;
const APPLICATIONS = `select (100000 + i)::integer as SK_ID_CURR, case when i % 3 = 0 then 'M' when i = 1 then 'XNA' else 'F' end as CODE_GENDER,
  -(8000 + (i * 37) % 15000)::integer as DAYS_BIRTH, 'Cash loans' as NAME_CONTRACT_TYPE, 1 + i % 3 as REGION_RATING_CLIENT, case when i % 4 = 0 then null when i % 2 = 0 then 'Married' else 'Widow' end as NAME_FAMILY_STATUS,
  case when i = 7 then null else 100000.0 + 1000 * i end as AMT_CREDIT, (100000.0 + 1000 * i) / (12 + i % 24) as AMT_ANNUITY from range(600) t(i)`;

/** Out-of-fold scores of the same 600 clients; a, in (0, 1), ranks them; men are every third. */
const oofOf = (
  probability: string,
): string => `select (100000 + i)::integer as SK_ID_CURR, (hash(i + 5) % 1000 < 400 * a)::tinyint as TARGET,
  (i % 4)::tinyint as fold, ln(p / (1 - p))::float as margin, p::float as probability
  from (select *, 0.02 + 0.9 * (${probability}) as p from (select i, (hash(i) % 997) / 997.0 as a from range(600) t(i))) order by i`;

/** As the single-table graph has it. */
const own = tabularIngest.out.application_train;
const tabularAssess = { ...assess, inputs: { ...assess.inputs, applications: own, bureau: own, previous: own } };

interface World {
  readonly tabular?: boolean;
  /** Whether training measured what sex and age would add. */
  readonly measured?: boolean;
  readonly predictions?: string;
  readonly applications?: string;
  readonly bureau?: string;
  readonly profile?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly threads?: number;
}

async function assessed(world: World = {}): Promise<BodyRun<typeof assess.outputs>> {
  const trainMetrics = join(await mkdtemp(join(tmpdir(), 'sluice-assess-')), 'metrics.ndjson');
  const points = [
    ['cv_auc', 0.76, 0],
    ['cv_auc_with_prohibited', 0.765, 0],
    ['cv_log_loss', 0.25, 0],
    ['cv_log_loss_with_prohibited', 0.249, 0],
    ['learning_auc', 0.74, 2000],
    ['learning_auc', 0.7, 1000],
  ] as const;
  await writeFile(trainMetrics, points.map(([name, value, step]) => JSON.stringify({ name, value, step })).join('\n'));
  // The ports differ, the body is the same.
  return runBody((world.tabular === true ? tabularAssess : assess) as typeof assess, run, {
    inputs: {
      predictions: await tableArtifact(world.predictions ?? PREDICTIONS),
      decision: await jsonArtifact(decision),
      economics: await jsonArtifact(economics),
      trainMetrics,
      oof: await tableArtifact(oofOf('a * 0.7')),
      oofWithProhibited: await tableArtifact(
        world.measured === false ? `select * from (${oofOf('a')}) limit 0` : oofOf('a * 0.7 + case when i % 3 = 0 then 0.25 else 0 end'),
      ),
      applications: await tableArtifact(world.applications ?? APPLICATIONS),
      bureau: await tableArtifact(
        world.bureau ??
          'select (100000 + i)::integer as SK_ID_CURR, (5000000 + 7 * i)::integer as SK_ID_BUREAU from range(600) t(i) where i % 5 > 0',
      ),
      previous: await tableArtifact('select (100000 + i)::integer as SK_ID_CURR from range(600) t(i) where i % 2 = 0'),
      profiles: 'configs',
    },
    config: { jurisdiction: world.profile === undefined ? {} : { profile: world.profile } },
    params: { bootstrap: 60, ...world.params },
    threads: world.threads ?? 2,
  });
}

const read = async ({ outputs }: BodyRun<typeof assess.outputs>): Promise<Assessment> =>
  assessmentSchema.parse(JSON.parse(await readFile(outputs.assessment, 'utf8')));

describe('assess', () => {
  let found: BodyRun<typeof assess.outputs>;
  let assessment: Assessment;
  beforeAll(async () => {
    found = await assessed();
    assessment = await read(found);
  });

  test('slices partition the clients; each is what its own rows give', async () => {
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
    for (const { attribute, groups } of assessment.slices)
      expect([attribute, groups.reduce((sum, { rows }) => sum + rows, 0)]).toEqual([attribute, 600]);
    const history = assessment.slices.find(({ attribute }) => attribute === 'history')?.groups;
    expect(history?.map(({ group, rows }) => [group, rows])).toEqual([
      ['bureau and own', 240],
      ['bureau only', 240],
      ['none', 60],
      ['own only', 60],
    ]);
    const rows = await db.all<{ target: number; probability: number; decision: number }>(
      `select p.target, p.probability, p.decision from read_parquet(${sqlString(found.outputs.groups)}) g join (${PREDICTIONS}) p using (SK_ID_CURR) where g.sex = 'M'`,
    );
    const men = assessment.slices.find(({ attribute }) => attribute === 'sex')?.groups.find(({ group }) => group === 'M');
    expect(men?.auc?.value).toBeCloseTo(
      auc(
        rows.map(({ target }) => target),
        rows.map(({ probability }) => probability),
      ),
      12,
    );
    const cost =
      rows.reduce((sum, { target, decision: refused }) => sum + (target === 1 ? (refused === 1 ? 0 : 10) : refused), 0) / rows.length;
    expect(men?.costPerApplicant?.value).toBeCloseTo(cost, 12);
  });

  test('a group of one has no AUC and no calibration error, and every number that exists is finite', () => {
    const xna = assessment.slices.find(({ attribute }) => attribute === 'sex')?.groups.find(({ group }) => group === 'XNA');
    expect(xna).toMatchObject({ rows: 1, auc: null, ece: null, reliability: null });
    const women = assessment.slices.find(({ attribute }) => attribute === 'sex')?.groups.find(({ group }) => group === 'F');
    expect(women?.reliability?.reduce((sum, { count }) => sum + count, 0)).toBe(women?.rows);
    expect(JSON.stringify(assessment)).not.toMatch(/NaN|Infinity/);
  });

  test('fairness compares groups that are large enough, under the profile of the config', () => {
    expect(assessment.fairness).toMatchObject({ profile: 'eu', binding: false, breaches: [], minImpactRatio: 0.8 });
    const sex = assessment.fairness.attributes.find(({ attribute }) => attribute === 'sex');
    expect(sex).toMatchObject({ compared: ['F', 'M'], lowest: 'M', highest: 'F' });
    const [f, m] = ['F', 'M'].map(
      (name) =>
        assessment.slices.find(({ attribute }) => attribute === 'sex')?.groups.find(({ group }) => group === name)?.approvalRate?.value ??
        0,
    );
    expect(sex?.adverseImpactRatio?.value).toBeCloseTo((m ?? 0) / (f ?? 1), 12);
    expect(assessment.fairness.attributes.map(({ attribute }) => attribute)).toEqual(['sex', 'age']);
    for (const { approvalGap, truePositiveGap, falsePositiveGap, miscalibrationGap } of assessment.fairness.attributes)
      for (const gap of [approvalGap, truePositiveGap, falsePositiveGap, miscalibrationGap])
        expect(gap === null || (0 <= gap.lo && gap.lo <= gap.value && gap.value <= gap.hi)).toBe(true);
    expect(assessment.fairness.withProhibited).toMatchObject({ auc: 0.76, aucWith: 0.765, logLoss: 0.25, logLossWith: 0.249 });
  });

  test('sex as an input, which tells men apart, widens the gap: impact ratios of decisions out of fold, counted by hand, paired', async () => {
    const { decisions } = assessment.fairness.withProhibited ?? {};
    expect(decisions?.impactRatios.map(({ attribute }) => attribute)).toEqual(['sex', 'age']);
    const sex = decisions?.impactRatios.find(({ attribute }) => attribute === 'sex');
    expect(sex?.without?.value).toBeGreaterThan((sex?.with?.value ?? 1) + 0.05);
    expect(sex?.difference?.value).toBeCloseTo((sex?.with?.value ?? 0) - (sex?.without?.value ?? 0), 12);
    expect(sex?.difference?.hi).toBeLessThan(0);
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
    const rows = await db.all<{ SK_ID_CURR: number; TARGET: number; fold: number; probability: number }>(oofOf('a * 0.7'));
    const target = Uint8Array.from(rows, ({ TARGET }) => TARGET);
    const scores = {
      target,
      fold: Int8Array.from(rows, ({ fold }) => fold),
      probability: Float64Array.from(rows, ({ probability }) => probability),
    };
    const refused = [...crossFit('platt', scores)].map((probability) => probability >= decision.threshold);
    const approvals = (men: boolean): number => {
      const own = refused.filter((_, i) => i !== 1 && (i % 3 === 0) === men);
      return own.filter((no) => !no).length / own.length;
    };
    const [men, women] = [approvals(true), approvals(false)];
    expect(sex?.without?.value).toBeCloseTo(Math.min(men, women) / Math.max(men, women), 12);
    const cost = refused.reduce((sum, no, i) => sum + (no ? 1 - (target[i] ?? 0) : 10 * (target[i] ?? 0)), 0) / 600;
    expect(decisions?.costPerApplicant.without?.value).toBeCloseTo(cost, 12);
    expect((await read(await assessed({ measured: false }))).fairness.withProhibited?.decisions).toBeNull();
  });

  test('the decision curve at the threshold in use says what the cost says; its band holds it', () => {
    const { decisionCurve: curve, threshold, profit } = assessment;
    const used = curve.find((point) => point.threshold === threshold);
    const all = assessment.slices.find(({ attribute }) => attribute === 'loan')?.groups[0];
    expect(used?.model).toBeCloseTo(((all?.costGrantAll ?? 0) - (all?.costPerApplicant?.value ?? 0)) / costs.falseNegative, 12);
    expect(profit.grantAll).toBeLessThan(profit.perApplicant.value);
    for (const { gain, model, refuseAll } of curve) {
      expect(gain.value).toBeCloseTo(model - Math.max(0, refuseAll), 12);
      expect(gain.lo <= gain.hi).toBe(true);
    }
    expect(curve.length).toBeGreaterThan(15);
  });

  test('marital status is a slice, and who told none stands apart', () => {
    const family = assessment.slices.find(({ attribute }) => attribute === 'family')?.groups;
    expect(family?.map(({ group, rows }) => [group, rows])).toEqual([
      ['Married', 150],
      ['Widow', 300],
      ['unknown', 150],
    ]);
  });

  test('a binding profile names its breaches; one without a limit judges nothing', async () => {
    // Men get nothing below the threshold: the ratio is 0.
    const predictions = `select * replace (case when SK_ID_CURR % 3 = 1 then 1 else decision end::tinyint as decision) from (${PREDICTIONS})`;
    const state = await read(await assessed({ profile: 'us-state', predictions }));
    expect(state.fairness.breaches).toContain('sex');
    const none = await read(await assessed({ profile: 'measure-only' }));
    expect(none.fairness.attributes.map(({ belowLimit }) => belowLimit)).toEqual([null, null, null, null, null]);
  });

  test('an unknown profile is refused by its nearest name', async () => {
    await expect(assessed({ profile: 'us-sate' })).rejects.toMatchObject({
      code: 'CONFIG_VALUE',
      message: expect.stringContaining('Did you mean "us-state"?'),
    });
  });

  test('profit at the threshold follows from the confusion of the rows; loans without amount are left out', () => {
    const { profit, loans } = assessment;
    expect(profit.payoffs).toEqual({ trueNegative: 1, falsePositive: 0, falseNegative: -10, truePositive: 0 });
    const at = profit.curve.x.indexOf(assessment.threshold);
    expect(profit.curve.y[at]).toBeCloseTo(profit.perApplicant.value, 12);
    expect(profit.curve.y[0]).toBeCloseTo(profit.refuseAll, 12);
    expect(loans).toMatchObject({ rows: 599, leftOut: 1 });
    const trivial = loans?.rules.filter(({ rule }) => rule.endsWith(' all')).map(({ costPerLoan }) => costPerLoan.value) ?? [];
    for (const { costPerLoan, savings } of loans?.rules ?? [])
      expect(savings?.value).toBeCloseTo(1 - costPerLoan.value / Math.min(...trivial), 9);
  });

  test('five bands by the bureau’s order; the learning curve ascends in rows', () => {
    expect(assessment.time?.bands.map(({ rows }) => rows)).toEqual([96, 96, 96, 96, 96]);
    expect(assessment.time?.withoutProxy).toBe(120);
    expect(assessment.learning.map(({ rows }) => rows)).toEqual([1000, 2000]);
  });

  test('the page says what was found, in words and tables, without a number that is none', async () => {
    const page = await readFile(found.outputs.page, 'utf8');
    expect(page).toContain('Profile <strong>eu</strong>');
    expect(page).toContain('Costs and profits agree');
    expect(page).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });

  test('one thread or two: the same bytes', async () => {
    const again = await assessed({ threads: 1 });
    const files = ({ outputs }: typeof found): readonly string[] => [outputs.assessment, outputs.metrics, outputs.page, outputs.groups];
    for (const [at, path] of files(found).entries())
      expect((await readFile(files(again)[at] ?? '')).equals(await readFile(path))).toBe(true);
  });

  test('a table with groups of its own, none of a bureau and no terms', async () => {
    const single = await read(
      await assessed({
        tabular: true,
        applications: `select (100000 + i)::integer as SK_ID_CURR, case when i % 2 = 0 then 'x' else 'y' end as group_sex from range(600) t(i)`,
        bureau: 'select 1::integer as SK_ID_CURR',
      }),
    );
    expect(single).toMatchObject({ loans: null, time: null });
    expect(single.slices.map(({ attribute }) => attribute)).toEqual(['sex']);
  });

  test('no groups at all', async () => {
    const bare = await read(
      await assessed({ tabular: true, applications: 'select 100000::integer as SK_ID_CURR', bureau: 'select 1::integer as SK_ID_CURR' }),
    );
    expect(bare).toMatchObject({ slices: [], fairness: { attributes: [], curves: [] } });
  });
});

describe('degenerate slices', () => {
  const judged = (target: readonly number[], calibrated: readonly number[]): JudgedRows => ({
    id: Float64Array.from(target, (_, row) => row),
    target: Uint8Array.from(target),
    probability: Float64Array.from(calibrated),
    calibrated: Float64Array.from(calibrated),
    decision: Uint8Array.from(calibrated, (p) => (p >= 0.1 ? 1 : 0)),
  });

  test('rates that nobody is there for are null, in estimate and resample', () => {
    const rows = judged([0, 0, 1, 0], [0.05, 0.2, 0.3, 0.05]);
    const [tallies] = tallyGroups(rows, { a: ['x', 'x', 'y', 'y'] }, { replicates: 5, seed: 1 });
    const [x, y] = tallies?.estimate ?? [];
    expect(x && [rates.truePositive(x), rates.falsePositive(x), rates.approval(x)]).toEqual([null, 0.5, 0.5]);
    expect(y && rates.badAmongApproved(y)).toBe(0);
  });

  test('the cost of fairness rises with the ratio and starts at no price', () => {
    const prng = createPrng(3);
    const calibrated = Array.from({ length: 400 }, () => prng.next() * 0.4);
    const rows = judged(
      calibrated.map((p) => (prng.next() < p ? 1 : 0)),
      calibrated,
    );
    const group = calibrated.map((p, row) => (p + (row % 2) * 0.05 > 0.2 ? 'b' : 'a'));
    const curve = costOfFairness(rows, { attribute: 'a', group, minRows: 30, costs });
    const prices = curve?.points.map(({ costPerApplicant }) => costPerApplicant) ?? [];
    expect(prices).toEqual(prices.toSorted((left, right) => left - right));
    expect(prices[0]).toBeGreaterThanOrEqual((curve?.unconstrained ?? 0) - 1e-12);
    expect(prices.at(-1)).toBeGreaterThan(curve?.unconstrained ?? 0);
    expect(costOfFairness(rows, { attribute: 'a', group: group.map(() => 'all'), minRows: 30, costs })).toBeNull();
  });

  test('no stand-in for time, or too few who have it: null', () => {
    const rows = judged([0, 1, 0], [0.1, 0.2, 0.3]);
    expect(measureTime(rows, null, { costs, threshold: 0.1 })).toBeNull();
    expect(measureTime(rows, Float64Array.of(1, 2, Number.NaN), { costs, threshold: 0.1 })).toBeNull();
  });

  test('bands without a default have no AUC, no stability, and no infinity', () => {
    const rows = judged(
      Array.from({ length: 300 }, (_, row) => (row < 10 ? row % 2 : 0)),
      Array.from({ length: 300 }, (_, row) => row / 1000),
    );
    const time = measureTime(
      rows,
      Float64Array.from({ length: 300 }, (_, row) => row),
      { costs, threshold: 0.1 },
    );
    expect(time?.bands.map(({ auc: found }) => found === null)).toEqual([false, true, true, true, true]);
    expect(time).toMatchObject({ giniStability: null, lastLessOthers: null });
  });
});
