import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExplainAnswer, FeatureContribution } from '../scorer/explain-answer.ts';
import { explainTop } from './endpoints/explain-top.ts';
import { explainJson } from './explain-json.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', ':', '[', ']', '’', 'é', '€', '𝒳', '\ud800', '\n', '\u2028') });
const number = fc.oneof(
  fc.double(),
  fc.integer().map((billionths) => billionths / 10 ** 9),
  fc.constantFrom(-0, 1e21, 5e-324, Number.NaN, Number.POSITIVE_INFINITY),
);
const sentence = fc.record({ en: text, fr: text });
const contributions: fc.Arbitrary<FeatureContribution[]> = fc.array(
  fc.record({
    feature: text,
    value: fc.option(number),
    contribution: number,
    beyondReference: fc.option(number),
    concept: fc.oneof(text, fc.constant('"contributions":[]')),
    description: sentence,
    prohibited: fc.boolean(),
  }),
  { maxLength: 8 },
);

function answerOf(listed: readonly FeatureContribution[]): ExplainAnswer {
  const concepts = listed.map(({ concept }) => ({ concept, en: concept, fr: 'idée', contribution: 0.5, beyondReference: null }));
  return {
    score: {
      applicantId: 7,
      model: { name: 'm', version: '1', sha256: 'f' },
      probabilityOfDefault: { value: 0.1, low: null, high: null, note: { en: '"contributions":[]', fr: 'né' } },
      threshold: { value: 0.2, why: { en: 'w', fr: 'p' }, costs: { falseNegative: 10, falsePositive: 1 }, text: { en: 't', fr: 't' } },
      decision: 'grant',
      expectedCost: { grant: 1, refuse: 0.9 },
      reasons: [],
      featureDigest: '00',
      dataQuality: [],
      logOdds: -2,
    } as unknown as ExplainAnswer['score'],
    explanation: {
      kind: 'exact',
      method: 'tree-shap',
      bias: -2,
      contributions: listed,
      concepts,
      forRefusal: concepts,
      forGrant: [],
      missing: null,
    },
  };
}

test('the bytes are those of JSON.stringify, with all features or the largest few', () => {
  fc.assert(
    fc.property(contributions, fc.option(fc.nat(9), { nil: undefined }), (listed, top) => {
      const answer = explainTop(answerOf(listed), top);
      expect(explainJson(answer).toString()).toBe(Buffer.from(JSON.stringify(answer)).toString());
    }),
  );
});

test('a description that two features share is each feature’s own', () => {
  const description = { en: 'one', fr: 'un' };
  const one = { feature: 'A', value: 1, contribution: 0.5, beyondReference: 0.25, concept: 'c', description, prohibited: false };
  const answer = explainTop(answerOf([one, { ...one, feature: 'B' }, { ...one, concept: 'd' }, { ...one, prohibited: true }, one]));
  expect(explainJson(answer).toString()).toBe(JSON.stringify(answer));
});

test('a model that cannot be explained is told as it is', () => {
  const { score } = answerOf([]);
  const answer = explainTop({ score, explanation: { kind: 'none', why: { en: 'no', fr: 'non' } } });
  expect(explainJson(answer).toString()).toBe(JSON.stringify(answer));
});
