import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../features/catalogue/all-features.ts';
import { fittedCatalogueOf } from '../encode/catalogue/fitted-catalogue.ts';
import { FITTED_FAMILIES } from '../encode/family-names.ts';
import { codeOf, REASON_CODES } from './reason-codes.ts';
import { groupByReason, MOST_REASONS, reasonsOf } from './reasons.ts';
import { type ExplanationReference, relativeTo } from './reference.ts';

/** Letters quote these. A line may be added; none may change or go. */
const MEANINGS = `
A01 earlier applications
A02 earlier loans
A03 cost of earlier loans
B01 credits elsewhere
B02 debt elsewhere
B03 late payments elsewhere
C01 use of cards
D01 late payments here
D02 payments here
E01 external scores
F01 application form
F02 application form
G01 place
G02 place
H01 household
H02 household
I01 income
L01 loan asked for
L02 loan asked for
L03 loan asked for
L04 loan asked for
L05 loan asked for
N01 length of history
P01 papers and phone
P02 papers and phone
Q01 credit enquiries
S01 social circle
W01 work and education
W02 work and education
W03 work and education
W04 work and education`.trim();

const reference = (names: readonly string[]): ExplanationReference => ({
  population: 'approved',
  clients: 10,
  rows: 10,
  meanMargin: -2,
  features: names.map((name) => ({ name, mean: 0.1, typical: 1 })),
});

describe('reason codes', () => {
  test('no code changes its meaning or is given twice', () => {
    const now = REASON_CODES.map(({ code, concept }) => `${code} ${concept}`).toSorted();
    expect(now).toEqual(expect.arrayContaining(MEANINGS.split('\n')));
    expect(new Set(REASON_CODES.map(({ code }) => code)).size).toBe(REASON_CODES.length);
  });

  test('every feature of the catalogue has a code of its own concept, but for the prohibited ones, which have none', () => {
    const wrong = [...catalogue, ...fittedCatalogueOf(FITTED_FAMILIES)].filter((entry) => {
      const code = codeOf(entry);
      return entry.prohibited ? code !== null : code?.concept !== entry.concept || code.code === 'X01';
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('a feature that no code knows is a reason by itself, in the catalogue’s words', () => {
    const entry = {
      name: 'status_none',
      concept: 'account',
      prohibited: false,
      en: 'Checking account: none',
      fr: 'Compte courant : aucun',
    };
    expect(codeOf(entry)).toMatchObject({
      code: 'X01',
      en: 'What your file says on “Checking account: none” counts against the application.',
      fr: 'Ce que dit votre dossier sur « Compte courant : aucun » pèse sur la demande.',
    });
    expect(codeOf({ ...entry, prohibited: true })).toBeNull();
  });

  test('every code is used, and its sentence ends alike in both languages', () => {
    const used = new Set(catalogue.map((entry) => codeOf(entry)?.code));
    expect(REASON_CODES.map(({ code }) => code).filter((code) => !used.has(code))).toEqual([]);
    for (const { code, en, fr } of REASON_CODES) {
      expect([code, /counts? against the application\.$/.test(en)]).toEqual([code, true]);
      expect([code, /p(èse|èsent) sur (la demande|celle-ci)\.$/.test(fr)]).toEqual([code, true]);
    }
  });

  test('sentences for applicants hold no jargon and name nothing prohibited', () => {
    for (const { en, fr } of REASON_CODES) {
      expect(en).not.toMatch(/shap|log-odds|feature|model|variable|gender|\bsex\b|\bage\b/i);
      expect(fr).not.toMatch(/shap|log-odds|modèle|variable|sexe|\bâge\b/i);
    }
  });
});

describe('reasonsOf', () => {
  const names = ['ext_2', 'ext_3', 'days_birth', 'income', 'loan_credit', 'loan_annuity', 'children', 'document_3', 'enquiries_year'];
  const groups = groupByReason(reference(names), catalogue);

  test('ranks groups by what they add beyond the reference, at most four, and leaves out what is prohibited or protects', () => {
    // Less the mean of 0.1: external scores 0.3 + 0.1, sex and age 9, income −0.2, amount 0.05, instalment 0.5, household 0.2, form 0, enquiries 0.06.
    const reasons = reasonsOf(groups, [0.4, 0.2, 9.1, -0.1, 0.15, 0.6, 0.3, 0.1, 0.16]);
    expect(reasons.map(({ code }) => code.code)).toEqual(['L02', 'E01', 'H01', 'Q01']);
    expect(reasons).toHaveLength(MOST_REASONS);
    expect(reasons[1]?.push).toBeCloseTo(0.4, 12);
    expect(reasons[1]?.features.map(({ name }) => name)).toEqual(['ext_2', 'ext_3']);
  });

  test('a group is judged by its sum: a feature that pushes is not named where the others of its group outweigh it', () => {
    expect(reasonsOf(groups, [1.1, -2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])).toEqual([]);
  });

  test('contributions relative to the reference add up to the difference of margins', () => {
    const own = [0.4, 0.2, 0, -0.1, 0.15, 0.6, 0.3, 0.1, 0.16];
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
    expect(sum(relativeTo(reference(names), own))).toBeCloseTo(sum(own) - 0.9, 12);
  });
});
