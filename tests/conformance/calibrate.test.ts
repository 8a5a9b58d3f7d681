import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { applyCalibrator, logit, sigmoid } from '../../stages/calibrate/apply-calibrator.ts';
import { fitIsotonic } from '../../stages/calibrate/fit-isotonic.ts';
import { fitPlatt } from '../../stages/calibrate/fit-platt.ts';

/** Numbers of scikit-learn's IsotonicRegression and `_SigmoidCalibration`; the layout is that of the files in the folder. */
const folder = join(process.env['SLUICE_REFERENCE'] ?? '../shared/reference', 'decision');
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => /^calibrate_.*\.json$/.test(name)) : [];

interface Curve {
  readonly x_thresholds: number[];
  readonly y_thresholds: number[];
  readonly query: number[];
  readonly predict: number[];
}
interface Sigmoid {
  readonly a: number;
  readonly b: number;
  readonly query: number[];
  readonly predict: number[];
}
interface Case {
  readonly y: number[];
  readonly score: number[];
  readonly weight: number[];
  readonly logit: number[];
  readonly expect: {
    readonly isotonic: Curve;
    readonly isotonic_weighted: Curve;
    readonly platt_sklearn: Sigmoid;
    readonly platt_sklearn_weighted: Sigmoid;
    readonly platt_tight: { readonly a: number; readonly b: number };
  };
}

if (cases.length === 0)
  test.skip(`calibrate_*: skipped, no such case files in ${folder} (set SLUICE_REFERENCE)`, () => expect(cases).not.toHaveLength(0));

for (const name of cases)
  describe(`case ${name}`, () => {
    const truth: Case = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    // The recorded log-odds are the input of the sigmoid cases: scores of exactly 0 and 1 are clipped in them in its own way.
    const fromLogit = { target: truth.y, probability: truth.logit.map(sigmoid) };

    test.each([
      { curve: 'isotonic', weight: undefined },
      { curve: 'isotonic_weighted', weight: truth.weight },
    ] as const)('$curve: the same points and the same values, to 1e-12', ({ curve, weight }) => {
      const fitted = fitIsotonic({ target: truth.y, probability: truth.score, ...(weight === undefined ? {} : { weight }) });
      const { x_thresholds: x, y_thresholds: y, query, predict } = truth.expect[curve];
      expectClose(fitted.x, x, 1e-12);
      expectClose(fitted.y, y, 1e-12);
      expectClose(applyCalibrator(fitted, query), predict, 1e-12);
    });

    test('platt: the tightly minimised coefficients, to 1e-6', () => {
      const { a, b } = fitPlatt(fromLogit);
      expectClose([-a, -b], [truth.expect.platt_tight.a, truth.expect.platt_tight.b], 1e-6);
    });

    test.each([
      { sigmoid: 'platt_sklearn', weight: undefined },
      { sigmoid: 'platt_sklearn_weighted', weight: truth.weight },
    ] as const)('$sigmoid: coefficients and predictions, to 1e-5', ({ sigmoid: key, weight }) => {
      const fitted = fitPlatt({ ...fromLogit, ...(weight === undefined ? {} : { weight }) });
      const { a, b, query, predict } = truth.expect[key];
      expectClose([-fitted.a, -fitted.b], [a, b], 1e-5);
      expectClose(applyCalibrator(fitted, query.map(sigmoid)), predict, 1e-5);
    });

    test('log-odds and their inverse agree with the recorded ones', () => {
      const inside = truth.score
        .map((score, row) => ({ score, expected: truth.logit[row] ?? Number.NaN }))
        .filter(({ score }) => score > 0 && score < 1);
      expectClose(
        inside.map(({ score }) => logit(score)),
        inside.map(({ expected }) => expected),
        1e-9,
      );
    });
  });

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const gaps = Array.from(expected, (value, index) => Math.abs((actual[index] ?? Number.NaN) - value));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(tolerance);
}
