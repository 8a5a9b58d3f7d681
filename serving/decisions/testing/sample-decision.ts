import type { NewDecision } from '../decision-entry.ts';

/** A decision as the scorer and an officer would make it, of applicant 100001. */
export function sampleDecision(changed: Partial<NewDecision> = {}): NewDecision {
  return {
    officer: 'amina',
    applicantId: 100_001,
    model: { name: 'credit-scoring', version: '3', sha256: 'a'.repeat(64) },
    featureDigest: 'b'.repeat(64),
    logOdds: -2.1234567,
    probabilityOfDefault: { value: 0.1 + 0.2, low: 0.28, high: 0.33, note: { en: 'observed', fr: 'observé' } },
    threshold: { value: 1 / 11, costs: { falseNegative: 10, falsePositive: 1 }, why: { en: 'costs', fr: 'coûts' } },
    modelDecision: 'refuse',
    decision: 'refuse',
    reason: null,
    reasons: [{ code: 'E01', en: 'Scores of others.', fr: 'Les notes d’autres.', contribution: 0.7 }],
    inputs: { application_test: [{ SK_ID_CURR: 100_001, AMT_CREDIT: 406_597.5, OCCUPATION_TYPE: 'Laborers', OWN_CAR_AGE: null }] },
    ...changed,
  };
}
