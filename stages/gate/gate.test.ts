import { beforeAll, describe, expect, test } from '@jest/globals';
import { gateOf, type Judged, judged, rule, runGate } from './testing/gate-world.ts';
import { judgeWaivers } from './waivers.ts';

describe('the gate', () => {
  let strong: Judged;
  beforeAll(async () => {
    strong = await judged({});
  });

  test('a sound model passes without a champion', async () => {
    const { verdict, comparison } = await runGate(strong, {});
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'no champion yet' });
    expect(verdict.rules.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ['auc', true],
      ['calibration', true],
      ['cost', true],
      ['fairness', true],
      ['auc_by_loan[Cash loans]', true],
      ['auc_without_history[none]', true],
    ]);
    expect(comparison).toBeNull();
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
      const { verdict, text } = await runGate(strong, { ...failing, waivers: judgeWaivers([waiver], '2026-12-31', 'ab') });
      expect(verdict.verdict).toBe('passed');
      expect(rule(verdict, 'auc')).toMatchObject({ passed: false, waiver: { author: 'M. Curie', state: 'in force' } });
      expect(rule(verdict, 'auc')?.reason).toContain('waived until 2026-12-31 by M. Curie: the old model is withdrawn by law');
      expect(text).toContain('# Gate: passed, with 1 waiver');
      expect(text).toContain('| auc | M. Curie |');
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
