import { describe, expect, test } from '@jest/globals';
import { columnDrift } from '../../stages/drift/maths/column-drift.ts';
import { asLevels, type DistinctTable, type EvidentlyMode } from '../../stages/drift/maths/distinct-table.ts';
import { DRIFT_RULES, isDrifted } from '../../stages/drift/maths/drift-rule.ts';
import { ANY_TESTS, type DriftTest, NUMERIC_TESTS, scoreAny, scoreNumeric } from '../../stages/drift/maths/drift-tests.ts';
import { totalVariation } from '../../stages/drift/maths/tests/total-variation.ts';
import { type ColumnCase, driftCases, readCase } from './drift-cases.ts';

/**
 * Distances agree to 1e-9, p-values to 1e-9 of themselves or 1e-12, the interpolated Anderson–Darling p to 1e-6.
 * Two of theirs are coarser than ours: `single` is a t-test that SciPy sums in float32, `half` an exact Cramér–von Mises
 * whose paths NumPy counts in float16.
 */
function agrees(name: string, ours: number, theirs: number, grain: 'double' | 'single' | 'half' = 'double'): boolean {
  if (Object.is(ours, theirs)) return true;
  const gap = Math.abs(ours - theirs);
  if (name === 'anderson' || grain === 'single') return gap <= 1e-6 * Math.abs(theirs);
  if (grain === 'half') return gap <= 1e-3 * Math.abs(theirs);
  const isDistance = Object.hasOwn(DRIFT_RULES, name) && DRIFT_RULES[name as keyof typeof DRIFT_RULES].comparison.startsWith('>');
  return isDistance || name === 'TVD' ? gap <= 1e-9 : gap <= 1e-9 * Math.abs(theirs) || gap <= 1e-12;
}

function plain(score: number | { readonly nonfinite: 'nan' | 'inf' }): number {
  return typeof score === 'number' ? score : score.nonfinite === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
}

function grainOf(name: string, { dtype }: ColumnCase, rows: number): 'double' | 'single' | 'half' {
  if (name === 'cramer_von_mises' && rows <= 20) return 'half';
  return name === 't_test' && dtype === 'float32' ? 'single' : 'double';
}

/**
 * Where NumPy before 2.1, and with it 0.4, bins narrow integers otherwise than the recorded 2.4: by NumPy's own edges for the same
 * values as floats, to which the newer rule does not apply.
 */
const OLDER_BINS: Readonly<Record<string, number>> = {
  'num_int_u2_n1300/hellinger': 0.13867844134208743,
  'num_int_u2_n600/hellinger': 0.12719571402149862,
  'num_int_u3_n1300/hellinger': 0.10764799849378512,
  'num_int_u3_n600/hellinger': 0.14568610925307873,
};

function knownTest(name: string): DriftTest {
  const known = [...ANY_TESTS, ...NUMERIC_TESTS].find((one) => one === name);
  if (known === undefined) throw new Error(`no test of ours is called ${name}`);
  return known;
}

function scoreOf(name: DriftTest, table: DistinctTable, mode: EvidentlyMode): number {
  const any = ANY_TESTS.find((one) => one === name);
  if (any !== undefined) return scoreAny(any, table, mode);
  const numeric = NUMERIC_TESTS.find((one) => one === name);
  return numeric !== undefined && table.kind === 'num' ? scoreNumeric(numeric, table) : Number.NaN;
}

const cases = driftCases('Evidently’s drift on one column').filter((entry): entry is ColumnCase => entry.kind !== 'dataset');
for (const entry of cases)
  describe(`Evidently’s drift on ${entry.case}`, () => {
    const { table } = readCase(entry);
    const empty = table.nReference === 0 || table.nCurrent === 0;

    describe.each(['0.7', '0.4'] as const)('mode %s', (mode) => {
      test.each(Object.entries(entry.tests))('%s', (name, truth) => {
        if ('error' in truth) {
          // Evidently refuses; ours must not call it drift.
          if (!empty && (name === 'anderson' || name === 'cramer_von_mises') && table.kind === 'num')
            expect(isDrifted(scoreNumeric(name, table), DRIFT_RULES[name])).toBe(false);
          return;
        }
        const known = knownTest(name);
        const rule = DRIFT_RULES[known];
        const ours = scoreOf(known, table, mode);
        const older = mode === '0.4' ? OLDER_BINS[`${entry.case}/${name}`] : undefined;
        const theirs = older ?? plain(truth.score);
        if (name === 'TVD' && truth.statistic !== undefined) {
          expect(totalVariation(table)).toBeCloseTo(truth.statistic, 12);
          // Two draws of 1000 of the same chance: five sigma of their difference.
          expect(Math.abs(ours - theirs)).toBeLessThan(5 * Math.sqrt((2 * 0.25) / 1000));
        } else if (!agrees(name, ours, theirs, grainOf(name, entry, Math.max(table.nReference, table.nCurrent))))
          throw new Error(`${name}: ours ${ours}, Evidently’s ${theirs}`);
        if (older === undefined) expect(isDrifted(ours, rule)).toBe(truth.drifted);
        expect({ threshold: rule.threshold, op: rule.comparison }).toEqual({ threshold: truth.threshold, op: truth.op });
      });
    });

    test('default choice of test, score and verdict', () => {
      if (entry.default_result === null) {
        expect(empty).toBe(true);
        return;
      }
      const ours = columnDrift(table, '0.7');
      expect(ours.test).toBe(entry.default_test_for_kind);
      expect(agrees(ours.test, ours.score, plain(entry.default_result.score))).toBe(true);
      expect(ours.drifted).toBe(entry.default_result.drifted);
    });

    test('the 0.7 preset, with the type inferred from the current part', () => {
      const { preset_0_7: preset, inferred_type_0_7: inferred } = entry;
      if ('error' in preset || inferred.current === 'text') return;
      const ours = columnDrift(inferred.current === 'cat' && table.kind === 'num' ? asLevels(table) : table, '0.7');
      const theirs = preset.columns['x'];
      expect(agrees(ours.test, ours.score, plain(theirs?.score ?? Number.NaN))).toBe(true);
      expect(ours.threshold).toBe(theirs?.threshold);
    });
  });
