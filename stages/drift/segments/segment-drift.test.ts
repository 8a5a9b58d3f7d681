import { expect, test } from '@jest/globals';
import { segmentDrift } from './segment-drift.ts';
import { segmentSources } from './segment-sources.ts';

/** `rows` scores evenly spread in [0, 1): refused from 0.5 on, so that half is granted; moved down they are granted more often. */
function part(groups: readonly { readonly code: number; readonly rows: number; readonly moved?: number }[]) {
  const scores = groups.flatMap(({ code, rows, moved = 0 }) =>
    Array.from({ length: rows }, (_, at) => ({ code, score: Math.max(0, (at + 0.5) / rows - moved) })),
  );
  const probability = Float64Array.from(scores, ({ score }) => score);
  return { probability, calibrated: probability, code: Float64Array.from(scores, ({ code }) => code) };
}

test('approval shifts by group, beyond that of all, by hand', () => {
  const { isProtected, groups } = segmentDrift({
    attribute: 'sex',
    groups: ['F', 'M', 'others', 'unknown'],
    reference: part([
      { code: 0, rows: 600 },
      { code: 1, rows: 400 },
      { code: 3, rows: 10 },
    ]),
    current: part([
      { code: 0, rows: 600 },
      { code: 1, rows: 400, moved: 0.2 },
      { code: 3, rows: 10 },
    ]),
    threshold: 0.5,
  });
  expect(isProtected).toBe(true);
  expect(groups.map(({ group }) => group)).toEqual(['F', 'M', 'unknown']);
  const [women, men, unknown] = groups;
  expect(women).toMatchObject({ reference: { rows: 600, approvalRate: 0.5 }, approvalShift: 0, psi: 0, psiP: 1 });
  expect(men?.approvalShift).toBeCloseTo(0.2, 12);
  // Of 1,010 applicants 80 more are granted.
  expect(men?.beyondAll).toBeCloseTo(0.2 - 80 / 1010, 12);
  expect(women?.beyondAll).toBeCloseTo(-80 / 1010, 12);
  expect(men?.z).toBeCloseTo((0.2 - 80 / 1010) / Math.sqrt(0.25 / 400 + (0.7 * 0.3) / 400), 9);
  expect(men?.psi).toBeGreaterThan(0.1);
  // Ten rows say nothing.
  expect(unknown).toMatchObject({ reference: { rows: 10 }, psi: null, approvalShift: null, z: null });
});

test('without a threshold there is no approval rate, and a row without a score is in no group', () => {
  const reference = part([{ code: 0, rows: 100 }]);
  reference.probability[0] = Number.NaN;
  const { groups } = segmentDrift({
    attribute: 'branch',
    groups: ['a', 'others', 'unknown'],
    reference,
    current: reference,
    threshold: null,
  });
  expect(groups).toEqual([
    {
      group: 'a',
      reference: { rows: 99, meanPd: expect.any(Number), approvalRate: null },
      current: expect.anything(),
      psi: 0,
      psiP: 1,
      approvalShift: null,
      beyondAll: null,
      z: null,
    },
  ]);
});

test('groups of Home Credit’s columns, of a table’s own ones, and of those that a policy names', () => {
  const attributes = (columns: Readonly<Record<string, string>>, named: readonly string[] = []): string[] =>
    segmentSources(columns, named).map(({ attribute }) => attribute);
  const credit = {
    CODE_GENDER: 'VARCHAR',
    DAYS_BIRTH: 'BIGINT',
    NAME_CONTRACT_TYPE: 'VARCHAR',
    REGION_RATING_CLIENT: 'BIGINT',
    BRANCH: 'VARCHAR',
  };
  expect(attributes(credit, ['BRANCH'])).toEqual(['sex', 'age', 'loan', 'region rating', 'BRANCH']);
  // Codes of a feature table are no names of groups.
  expect(attributes({ CODE_GENDER: 'FLOAT', DAYS_BIRTH: 'FLOAT' })).toEqual([]);
  expect(attributes({ group_age: 'VARCHAR', CODE_GENDER: 'VARCHAR' })).toEqual(['age']);
  expect(() => segmentSources(credit, ['BRANCHES'])).toThrow(
    'the policy groups by column "BRANCHES", which the reference lacks. Did you mean "BRANCH"?',
  );
});
