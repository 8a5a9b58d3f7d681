import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { sqlString } from '../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { type Evaluation, evaluationSchema } from '../evaluate/evaluation-schema.ts';
import evaluateBody from '../evaluate/run.ts';
import { evaluate } from '../evaluate/stage.ts';
import {
  championFolder,
  decision,
  drawApplicants,
  freshFolder,
  type TrainedModel,
  trainModel,
  writeApplicants,
} from '../evaluate/testing/small-world.ts';
import { assessmentExample } from '../assess/testing/assessment-example.ts';
import { type ChampionComparison, comparisonSchema } from './comparison.ts';
import run from './run.ts';
import { type JudgedWaiver, judgeWaivers } from './waivers.ts';
import { gate, type Verdict, verdictSchema } from './stage.ts';

interface Judged {
  readonly trained: TrainedModel;
  readonly holdout: string;
  readonly evaluation: Evaluation;
  readonly predictions: string;
}

/** A model as evaluate leaves it, judged on the same 1,200 holdout clients. */
async function judged(model: { readonly rounds?: number; readonly columns?: readonly string[] }): Promise<Judged> {
  const folder = await freshFolder();
  const tables = await writeApplicants(folder, drawApplicants(1200, 2));
  const trained = await trainModel(folder, drawApplicants(4000, 1), model);
  const trainMetrics = join(folder, 'train.ndjson');
  await writeFile(trainMetrics, '');
  const inputs = {
    ...tables,
    trainMetrics,
    model: trained.model,
    summary: await jsonArtifact(trained.summary),
    calibrator: await jsonArtifact({ method: 'none' }),
    decision: await jsonArtifact(decision),
    catalogue: await jsonArtifact([]),
  };
  const { outputs } = await runBody(evaluate, evaluateBody, { inputs, params: { bootstrap: 200 } });
  return {
    trained,
    holdout: tables.holdout,
    evaluation: evaluationSchema.parse(JSON.parse(await readFile(outputs.evaluation, 'utf8'))),
    predictions: outputs.predictions,
  };
}

const noChampion = { state: 'none' } as const;
const known = ({ sha256 }: TrainedModel) => ({ state: 'known', model: 'credit-scoring', version: '3', modelSha256: sha256 }) as const;

interface GateCase {
  readonly champion?: unknown;
  readonly files?: string;
  readonly params?: Readonly<Record<string, number>>;
  readonly evaluation?: Evaluation;
  /** Text of the rule file; the shipped one without. */
  readonly file?: string;
  readonly waivers?: readonly JudgedWaiver[];
  readonly breaches?: readonly string[];
  /** Sex by client number: F for even ones, else M. */
  readonly groups?: string;
}

const GROUPS =
  "select SK_ID_CURR, case when SK_ID_CURR % 2 = 0 then 'F' else 'M' end as sex, 'Cash loans' as loan, 'none' as history from PREDICTIONS";

/** A folder with one rule file, under the shipped one's name. */
async function ruleFolder(text: string): Promise<string> {
  const folder = await freshFolder();
  await writeFile(join(folder, 'home-credit.yaml'), text);
  return folder;
}

async function gateOf(
  model: Judged,
  {
    champion = noChampion,
    files,
    params = {},
    evaluation = model.evaluation,
    file,
    waivers = [],
    breaches = [],
    groups = GROUPS,
  }: GateCase,
): Promise<Verdict> {
  const inputs = {
    evaluation: await jsonArtifact(evaluation),
    predictions: model.predictions,
    holdout: model.holdout,
    decision: await jsonArtifact(decision),
    champion: await jsonArtifact(champion),
    championFiles: files ?? (await freshFolder()),
    assessment: await jsonArtifact({ ...assessmentExample, fairness: { ...assessmentExample.fairness, breaches } }),
    groups: await tableArtifact(groups.replace('PREDICTIONS', `read_parquet(${sqlString(model.predictions)})`)),
    waivers: await jsonArtifact(waivers),
    rules: file === undefined ? 'configs/gates' : await ruleFolder(file),
  };
  const { outputs, result } = await runBody(gate, run, { inputs, params: { bootstrap: 200, ...params } });
  const written = verdictSchema.parse(JSON.parse(await readFile(outputs.verdict, 'utf8')));
  expect(result).toMatchObject({
    verdict: written.verdict,
    rules: written.rules.map(({ rule: name, passed, value, limit, reason }) => ({ rule: name, passed, value, limit, reason })),
  });
  lastText = await readFile(outputs.verdictText, 'utf8');
  lastComparison = comparisonSchema.nullable().parse(JSON.parse(await readFile(outputs.comparison, 'utf8')));
  return written;
}

/** What the last gate wrote beside its verdict. */
let lastText = '';
let lastComparison: ChampionComparison | null = null;

const rule = ({ rules }: Verdict, name: string): Verdict['rules'][number] | undefined => rules.find((found) => found.rule === name);

describe('the gate', () => {
  let strong: Judged;
  let weak: Judged;
  beforeAll(async () => {
    [strong, weak] = [await judged({}), await judged({ rounds: 3, columns: ['score_b'] })];
  });

  test('a sound model passes without a champion', async () => {
    const verdict = await gateOf(strong, {});
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'no champion yet' });
    expect(verdict.rules.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ['auc', true],
      ['calibration', true],
      ['cost', true],
      ['fairness', true],
      ['auc_by_loan[Cash loans]', true],
      ['auc_without_history[none]', true],
    ]);
    expect(lastComparison).toBeNull();
  });

  test('AUC: the lower end of the interval decides', async () => {
    const { lo, value } = strong.evaluation.headline.auc;
    const between = (lo + value) / 2;
    const verdict = await gateOf(strong, { params: { minAuc: between } });
    expect(verdict.verdict).toBe('rejected');
    expect(rule(verdict, 'auc')).toMatchObject({ passed: false, value: lo, limit: between });
    expect((await gateOf(strong, { params: { minAuc: lo } })).verdict).toBe('passed');
  });

  test('calibration: a limit below the noise of 1,200 rows does not reject a calibrated model, a shifted one is rejected', async () => {
    const limited = await gateOf(strong, { params: { maxEce: 0.001 } });
    const calibration = rule(limited, 'calibration');
    expect(calibration?.passed).toBe(true);
    expect(calibration?.limit).toBeGreaterThan(0.015);
    expect(calibration?.limit).toBeLessThan(0.045);
    const shifted = { ...strong.evaluation, headline: { ...strong.evaluation.headline, ece: { value: 0.06, lo: 0.04, hi: 0.08 } } };
    expect(rule(await gateOf(strong, { evaluation: shifted }), 'calibration')).toMatchObject({ passed: false, value: 0.06, limit: 0.05 });
  });

  test('cost: the upper end of the interval against the better trivial rule decides', async () => {
    const { headline, baselines } = strong.evaluation;
    const share = headline.costPerApplicant.hi / Math.min(baselines.acceptAll, baselines.refuseAll);
    expect(rule(await gateOf(strong, { params: { maxCostShare: share - 1e-9 } }), 'cost')).toMatchObject({ passed: false, value: share });
    expect(rule(await gateOf(strong, { params: { maxCostShare: share + 1e-9 } }), 'cost')).toMatchObject({ passed: true });
  });

  test('a model ties with itself and passes, with nothing allowed', async () => {
    const verdict = await gateOf(strong, {
      champion: known(strong.trained),
      files: await championFolder(strong.trained),
      params: { maxAucLoss: 0, maxCostIncrease: 0 },
    });
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'credit-scoring version 3' });
    expect(rule(verdict, 'champion_auc')).toMatchObject({ passed: true, value: 0 });
    expect(rule(verdict, 'champion_cost')).toMatchObject({ passed: true, value: 0 });
  });

  test('a weaker model is rejected against a strong champion, a stronger one passes against a weak champion', async () => {
    const worse = await gateOf(weak, {
      champion: known(strong.trained),
      files: await championFolder(strong.trained),
      params: { minAuc: 0.5, maxCostShare: 2 },
    });
    expect(worse.verdict).toBe('rejected');
    expect(rule(worse, 'champion_auc')).toMatchObject({ passed: false, limit: -0.005 });
    expect(rule(worse, 'champion_auc')?.value).toBeCloseTo(weak.evaluation.headline.auc.value - strong.evaluation.headline.auc.value, 9);
    expect(rule(worse, 'champion_cost')?.passed).toBe(false);
    const better = await gateOf(strong, { champion: known(weak.trained), files: await championFolder(weak.trained) });
    expect(better.verdict).toBe('passed');
  });

  test('the champion decides by its own calibration and threshold', async () => {
    // A champion that refuses nobody costs as much as granting every loan.
    const lenient = await championFolder(strong.trained, { own: { ...decision, threshold: 0.999 } });
    const verdict = await gateOf(strong, { champion: known(strong.trained), files: lenient });
    const { headline, baselines } = strong.evaluation;
    expect(rule(verdict, 'champion_cost')?.value).toBeCloseTo(headline.costPerApplicant.value - baselines.acceptAll, 9);
  });

  test('an unknown champion leaves the verdict to the absolute rules, and says so', async () => {
    const verdict = await gateOf(strong, { champion: { state: 'unknown', reason: 'MLflow did not answer' } });
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'unknown champion: MLflow did not answer' });
    expect(rule(verdict, 'champion')).toMatchObject({ passed: false, value: null });
  });

  test('a champion that needs a feature which is gone is not comparable: rejected, with its name', async () => {
    const folder = await freshFolder();
    const other = drawApplicants(500, 9);
    const renamed = await trainModel(
      folder,
      { ...other, matrix: { ...other.matrix, columns: ['score_a', 'gone', 'score_c'] } },
      { columns: ['score_a', 'gone'] },
    );
    const verdict = await gateOf(strong, { champion: known(renamed), files: await championFolder(renamed) });
    expect(verdict.verdict).toBe('rejected');
    expect(rule(verdict, 'champion')?.reason).toMatch(
      /not comparable: the champion needs 1 features that the holdout no longer has \(gone\)/,
    );
  });

  test('a champion whose bytes are not the registered ones is refused before it is loaded', async () => {
    const files = await championFolder(strong.trained);
    const bytes = await readFile(join(files, 'model.ubj'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(files, 'model.ubj'), bytes);
    await expect(gateOf(strong, { champion: known(strong.trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('sha256'),
    });
  });

  test('a champion’s summary with its features in another order is refused', async () => {
    const { trained } = strong;
    const files = await championFolder({ ...trained, summary: { ...trained.summary, features: trained.summary.features.toReversed() } });
    await expect(gateOf(strong, { champion: known(trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('the summary lists'),
    });
  });

  test('a champion’s calibrator that is no JSON is refused by its path', async () => {
    const files = await championFolder(strong.trained);
    await writeFile(join(files, 'calibrator.json'), '{"method":"platt","a":1');
    await expect(gateOf(strong, { champion: known(strong.trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('calibrator.json'),
    });
  });

  test('every number of both models is compared on the same rows, with the swap set and its price', async () => {
    await gateOf(strong, { champion: known(weak.trained), files: await championFolder(weak.trained) });
    const found = new Map(lastComparison?.metrics.map((row) => [row.metric, row]));
    for (const [ours, theirs, name] of [
      [strong.evaluation.headline.auc, weak.evaluation.headline.auc, 'auc'],
      [strong.evaluation.headline.brier, weak.evaluation.headline.brier, 'brier'],
      [strong.evaluation.headline.costPerApplicant, weak.evaluation.headline.costPerApplicant, 'cost_per_applicant'],
    ] as const) {
      expect(found.get(name)?.challenger).toBeCloseTo(ours.value, 9);
      expect(found.get(name)?.champion).toBeCloseTo(theirs.value, 9);
      expect(found.get(name)?.difference).toBeCloseTo(ours.value - theirs.value, 9);
    }
    const { bothGrant, swappedIn, swappedOut, bothRefuse, costChange } = lastComparison?.swap ?? {};
    expect([bothGrant, swappedIn, swappedOut, bothRefuse].reduce((sum, cell) => sum + (cell?.rows ?? 0), 0)).toBe(1200);
    expect(costChange).toBeCloseTo(found.get('cost_per_applicant')?.difference ?? 0, 9);
    expect(lastText).toContain('## Against the champion, on the same 1200 rows');
    expect(lastText).not.toMatch(/NaN|undefined/);
  });

  describe('rules of a file', () => {
    const HEAD = 'version: 1\nrules:\n';
    const aucRule = '  - rule: auc\n    metric: auc\n    direction: at least\n    limit: 0.99\n';

    test('a limit on the value, on either end, and on a slice', async () => {
      const { lo, value, hi } = strong.evaluation.headline.auc;
      const bounds = ['value', 'lower', 'upper'].map(
        (bound) => `  - { rule: auc_${bound}, metric: auc, direction: at least, limit: ${(value + lo) / 2}, bound: ${bound} }\n`,
      );
      const verdict = await gateOf(strong, {
        file: `${HEAD}${bounds.join('')}  - { rule: women, metric: auc, slice: { attribute: sex, group: F }, direction: at least, limit: 0.5 }\n`,
      });
      expect(
        verdict.rules.map(({ rule: name, passed, value: found }) => [name, passed, found === null ? null : Math.round(found * 1e6)]),
      ).toEqual([
        ['auc_value', true, Math.round(value * 1e6)],
        ['auc_lower', false, Math.round(lo * 1e6)],
        ['auc_upper', true, Math.round(hi * 1e6)],
        ['women[F]', true, expect.any(Number)],
      ]);
      expect(rule(verdict, 'women[F]')?.slice).toEqual({ attribute: 'sex', group: 'F' });
    });

    test('a slice by attribute judges each of its groups; one too small, or without a default, is not judged', async () => {
      const groups =
        "select SK_ID_CURR, case when target = 0 and SK_ID_CURR % 3 = 0 then 'none default' when SK_ID_CURR < 100011 then 'few' else 'rest' end as sex from PREDICTIONS";
      const verdict = await gateOf(strong, {
        groups,
        file: `${HEAD}  - { rule: by_sex, metric: auc, slice: { attribute: sex }, direction: at least, limit: 0.5 }\n`,
      });
      expect(verdict.rules.map(({ rule: name, passed, value }) => [name, passed, value === null])).toEqual([
        ['by_sex[few]', true, true],
        ['by_sex[none default]', true, true],
        ['by_sex[rest]', true, false],
      ]);
      expect(rule(verdict, 'by_sex[few]')?.reason).toContain('fewer than 30');
      const strict = await gateOf(strong, {
        groups,
        file: `${HEAD}  - { rule: by_sex, metric: auc, slice: { attribute: sex, group: fw }, direction: at least, limit: 0.5, ifUnknown: fail }\n`,
      });
      expect(strict.verdict).toBe('rejected');
      expect(strict.rules[0]?.reason).toContain('Did you mean "few"?');
    });

    test('the impact ratio of a slice is the one of the decisions', async () => {
      const verdict = await gateOf(strong, {
        file: `${HEAD}  - { rule: air, metric: impact_ratio, slice: { attribute: sex }, direction: at least, limit: 0.8 }\n`,
      });
      expect(rule(verdict, 'air')?.value).toBeGreaterThan(0.8);
      expect(rule(verdict, 'air')?.value).toBeLessThanOrEqual(1);
    });

    test('a fairness limit that binds rejects; a warning does not', async () => {
      expect((await gateOf(strong, { breaches: ['sex'] })).verdict).toBe('rejected');
      const warned = await gateOf(strong, { file: `${HEAD}${aucRule}    severity: warning\n` });
      expect(warned.verdict).toBe('passed');
      expect(warned.rules[0]).toMatchObject({ passed: false, severity: 'warning' });
    });
  });

  describe('waivers', () => {
    const waiver = { rule: 'auc', author: 'M. Curie', reason: 'the old model is withdrawn by law', expires: '2026-12-31' };
    const failing = { params: { minAuc: 0.99 } };

    test('in force, it lets a failed rule pass, and verdict, events and text say who and why', async () => {
      const verdict = await gateOf(strong, { ...failing, waivers: judgeWaivers([waiver], '2026-12-31', 'ab') });
      expect(verdict.verdict).toBe('passed');
      expect(rule(verdict, 'auc')).toMatchObject({ passed: false, waiver: { author: 'M. Curie', state: 'in force' } });
      expect(rule(verdict, 'auc')?.reason).toContain('waived until 2026-12-31 by M. Curie: the old model is withdrawn by law');
      expect(lastText).toContain('# Gate: passed, with 1 waiver');
      expect(lastText).toContain('| auc | M. Curie |');
    });

    test('expired, it is recorded and does not count', async () => {
      const verdict = await gateOf(strong, { ...failing, waivers: judgeWaivers([waiver], '2027-01-01', 'ab') });
      expect(verdict.verdict).toBe('rejected');
      expect(rule(verdict, 'auc')?.reason).toContain('expired on 2026-12-31 and does not count');
      expect(verdict.waivers).toEqual([{ ...waiver, state: 'expired' }]);
    });

    test('for another model, or of another rule, it does not count', async () => {
      const other = judgeWaivers([{ ...waiver, model: '0123abcd' }], '2026-01-01', 'ffff0123abcd');
      expect(other[0]?.state).toBe('for another model');
      expect((await gateOf(strong, { ...failing, waivers: other })).verdict).toBe('rejected');
      expect((await gateOf(strong, { ...failing, waivers: judgeWaivers([{ ...waiver, rule: 'cost' }], '2026-01-01', 'ab') })).verdict).toBe(
        'rejected',
      );
    });
  });
});
