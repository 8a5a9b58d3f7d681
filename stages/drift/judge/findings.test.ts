import { describe, expect, test } from '@jest/globals';
import type { DriftResult } from '../drift-schema.ts';
import { DEFAULT_LIMITS, driftLimits } from '../limits.ts';
import { columnExample, driftExample, segmentGroup } from '../testing/drift-example.ts';
import { RULES } from './finding.ts';
import { driftFindings, type Facts } from './findings.ts';

/** The rules that are not ok, with their levels. */
function failed(over: Partial<DriftResult>, facts: Partial<Facts> = {}): Record<string, string> {
  const findings = driftFindings({ result: driftExample(over), minRows: 500, limits: DEFAULT_LIMITS, ...facts });
  return Object.fromEntries(findings.filter(({ level }) => level !== 'ok').map(({ rule, level }) => [rule, level]));
}

const example = driftExample();
const score = (psi: number, psiP = 0): Partial<DriftResult> => ({ score: example.score && { ...example.score, psi, psiP } });
const { estimate, importance, shift, joint } = example;
const cost = (value: number, half = 0.01, effectiveSampleSize = 1500): Partial<DriftResult> => ({
  estimate: estimate && {
    ...estimate,
    effectiveSampleSize,
    confidenceBased: {
      ...estimate.confidenceBased,
      all: { ...estimate.confidenceBased.all, costPerLoan: { value, lo: value - half, hi: value + half } },
    },
  },
});
const feature = (excess: number, p: number): Partial<DriftResult> => ({
  importance: importance && { ...importance, features: importance.features.map((own) => ({ ...own, psi: excess, excess, p })) },
});

describe('rules of drift', () => {
  test('nothing moved: every rule is ok, in both languages, and known by name', () => {
    const findings = driftFindings({ result: example, minRows: 500, limits: DEFAULT_LIMITS });
    expect(findings.every(({ level }) => level === 'ok')).toBe(true);
    for (const { rule, text, french } of findings) {
      expect(RULES).toContain(rule);
      expect(french).not.toBe(text);
    }
  });

  test.each<[string, Partial<DriftResult>, Record<string, string>]>([
    ['score PSI under its limit', score(0.0999), {}],
    ['score PSI at its watch limit', score(0.1), { score_psi: 'watch' }],
    ['score PSI at its act limit', score(0.25), { score_psi: 'act' }],
    ['score PSI that chance gives in few rows', score(0.3, 0.01), {}],
    ['cost beyond chance, by 6 %', { ...cost(0.53, 0.001), estimate: cost(0.5 + 0.07, 0.001).estimate }, { estimated_cost: 'act' }],
    ['cost up by 12 %, within chance', cost(0.56, 0.2), {}],
    ['cost down', cost(0.3), {}],
    ['cost beyond chance, on too few alike rows', cost(0.8, 0.01, 100), { estimated_cost: 'watch', estimate_support: 'watch' }],
    ['a top feature moved alone', feature(0.4, 0), { 'top_feature[ext_mean]': 'watch' }],
    ['a top feature moved and the score', { ...feature(0.4, 0), ...score(0.1) }, { 'top_feature[ext_mean]': 'act', score_psi: 'watch' }],
    ['a top feature moved by chance', feature(0.4, 0.01), {}],
    ['weighted drift', { importance: importance && { ...importance, weightedDrift: 0.1 } }, { weighted_drift: 'act' }],
    ['mean score moved', { shift: shift && { ...shift, delta: -0.2 } }, { score_shift: 'watch' }],
    ['mean score moved within chance', { shift: shift && { ...shift, delta: 0.2, se: 0.1 } }, {}],
    ['told apart', { joint: joint && { ...joint, domainAuc: { value: 0.8, lo: 0.75, hi: 0.85 } } }, { domain_auc: 'watch' }],
    [
      'reconstruction worse',
      { joint: joint && { ...joint, reconstruction: { features: 9, components: 3, reference: 1, current: 1.2, rise: 0.2, z: 9 } } },
      { reconstruction: 'watch' },
    ],
    ['dataset drift', { evidently: { ...example.evidently, datasetDrift: true } }, { dataset_drift: 'act' }],
    ['a column gone', { columns: [columnExample('A', { skipReason: 'absent from the current part' })] }, { 'contract[A]': 'broken' }],
    ['a column unreadable', { columns: [columnExample('A', { skipReason: 'could not be read: x' })] }, { 'contract[A]': 'broken' }],
    ['a column new', { columns: [columnExample('A', { skipReason: 'absent from the reference part' })] }, {}],
    [
      'a group refused more than all',
      { segments: [{ attribute: 'sex', isProtected: true, groups: [segmentGroup('F', 900, { beyondAll: -0.05, z: -4 })] }] },
      { 'segment_approval[sex=F]': 'watch' },
    ],
    [
      'a group refused more, within chance',
      { segments: [{ attribute: 'sex', isProtected: true, groups: [segmentGroup('F', 900, { beyondAll: -0.05, z: -3 })] }] },
      {},
    ],
    [
      'scores of a group moved',
      { segments: [{ attribute: 'loan', isProtected: false, groups: [segmentGroup('x', 900, { psi: 0.3, psiP: 0 })] }] },
      { 'segment_psi[loan=x]': 'watch' },
    ],
    ['missing values', { columns: [columnExample('A', { missing: { reference: 0.3, current: 0.2 } })] }, { 'missing[A]': 'watch' }],
  ])('%s', (_, over, expected) => {
    expect(failed(over)).toEqual(expected);
  });

  test('a column’s PSI counts only beyond chance among all columns; unseen levels count by their rows', () => {
    const { stability } = columnExample('A');
    if (stability === undefined) throw new Error('the example has no stability');
    const column = (pAdjusted: number) => columnExample('A', { psi: 0.3, stability: { ...stability, pAdjusted } });
    expect(failed({ columns: [column(0.002)] })).toEqual({});
    expect(failed({ columns: [column(0.0005)] })).toEqual({ 'column_psi[A]': 'watch' });
    const unseen = (share: number) => columnExample('A', { stability: { ...stability, unseen: { levels: ['new'], share } } });
    expect(failed({ columns: [unseen(0.009)] })).toEqual({});
    expect(failed({ columns: [unseen(0.01)] })).toEqual({ 'unseen[A]': 'watch' });
  });

  test('shares are written as each language writes them', () => {
    const columns = [columnExample('A', { missing: { reference: 0.507, current: 0.612 } })];
    const findings = driftFindings({ result: driftExample({ columns }), minRows: 500, limits: DEFAULT_LIMITS });
    expect(findings.find(({ rule }) => rule === 'missing[A]')).toMatchObject({
      text: 'A: missing values went from 50.7% to 61.2%.',
      french: 'A : les valeurs manquantes sont passées de 50,7\u00A0% à 61,2\u00A0%.',
    });
    const [english, french] = [findings.map(({ text }) => text).join('\n'), findings.map((own) => own.french).join('\n')];
    expect([english.match(/%/g)?.length, english.match(/\d%/g)?.length]).toEqual([7, 7]);
    expect([french.match(/%/g)?.length, french.match(/\d\u00A0%/g)?.length]).toEqual([7, 7]);
  });

  test('a column that is there by another spelling is named beside the absent one', () => {
    const columns = [
      columnExample('AMT_CREDIT', { skipReason: 'absent from the current part' }),
      columnExample('LOST', { skipReason: 'absent from the current part' }),
      columnExample('Amt Credit', { skipReason: 'absent from the reference part' }),
    ];
    const findings = driftFindings({ result: driftExample({ columns }), minRows: 500, limits: DEFAULT_LIMITS });
    expect(findings.filter(({ level }) => level === 'broken').map(({ text, french }) => [text, french])).toEqual([
      [
        'AMT_CREDIT: absent from the current part, which has “Amt Credit”.',
        'AMT_CREDIT : absente de la partie courante, qui a « Amt Credit ».',
      ],
      ['LOST: absent from the current part.', 'LOST : absente de la partie courante.'],
    ]);
  });

  test('scores of groups are told after the columns: where all moved, every group did', () => {
    const findings = driftFindings({
      result: driftExample({
        ...score(0.3),
        columns: [columnExample('A', { evidently: { test: 'wasserstein', score: 0.4, threshold: 0.1, drifted: true } })],
        segments: [
          { attribute: 'sex', isProtected: true, groups: [segmentGroup('F', 900, { psi: 0.3, psiP: 0, beyondAll: -0.06, z: -4 })] },
        ],
      }),
      minRows: 500,
      limits: DEFAULT_LIMITS,
    });
    expect(findings.filter(({ level }) => level !== 'ok').map(({ rule }) => rule)).toEqual([
      'score_psi',
      'segment_approval[sex=F]',
      'column_drift[A]',
      'segment_psi[sex=F]',
    ]);
  });

  test('score PSI at its watch limit twice running acts', () => {
    expect(failed(score(0.12), { scorePsiBefore: 0.11 })).toEqual({ score_psi: 'watch', score_psi_lasting: 'act' });
    expect(failed(score(0.12), { scorePsiBefore: 0.09 })).toEqual({ score_psi: 'watch' });
  });

  test('outcomes: more defaults than promised act, fewer are watched, within chance neither', () => {
    const realised = (drift: 'none' | 'concept', rate: number, paid: number, z: number): Partial<DriftResult> => ({
      realised: {
        rows: 3000,
        unlabelled: 0,
        auc: { value: 0.7, lo: 0.68, hi: 0.72 },
        defaultRate: { value: rate, lo: rate - 0.01, hi: rate + 0.01 },
        costPerLoan: { value: paid, lo: paid, hi: paid },
        expected: { source: 'now', defaultRate: { value: 0.08, lo: 0.07, hi: 0.09 }, costPerLoan: { value: 0.5, lo: 0.45, hi: 0.55 } },
        z,
        bounds: null,
        drift,
      },
    });
    expect(failed(realised('concept', 0.12, 0.6, 4))).toEqual({ concept_drift: 'act', realised_cost: 'act' });
    expect(failed(realised('concept', 0.05, 0.4, -4))).toEqual({ concept_drift: 'watch' });
    expect(failed(realised('none', 0.09, 0.6, 2))).toEqual({});
    expect(failed(realised('concept', 0.097, 0.6, 3.1))).toEqual({ concept_drift: 'act', realised_cost: 'act' });
    expect(failed(realised('none', 0.09, 0.6, 3.09))).toEqual({});
  });

  test('a policy moves limits, and can let a rule never act', () => {
    const limits = driftLimits.parse({ scorePsi: { watch: 0.05, act: null } });
    expect(failed(score(0.5), { limits })).toEqual({ score_psi: 'watch' });
  });

  test('too few rows: nothing else is judged', () => {
    const few = { ...score(0.9), current: { ...example.current, rows: 499 } };
    expect(failed(few)).toEqual({ rows: 'insufficient' });
    const [rows] = driftFindings({
      result: driftExample({ ...few, reference: { ...example.reference, rows: 1 } }),
      minRows: 1000,
      limits: DEFAULT_LIMITS,
    });
    expect(rows).toMatchObject({
      text: '1 row in the reference and 499 in the current part; 1\u202F000 are needed in each.',
      french: '1 ligne dans la référence et 499 dans la partie courante ; il en faut 1\u202F000 dans chacune.',
    });
  });
});
