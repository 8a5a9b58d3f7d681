import { describe, expect, test } from '@jest/globals';
import { columnDrift } from '../../stages/drift/maths/column-drift.ts';
import { asLevels } from '../../stages/drift/maths/distinct-table.ts';
import { DRIFT_RULES, isDrifted } from '../../stages/drift/maths/drift-rule.ts';
import { ANY_TESTS, NUMERIC_TESTS, scoreAny, scoreNumeric } from '../../stages/drift/maths/drift-tests.ts';
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

const cases = driftCases('Evidently’s drift on one column').filter((entry): entry is ColumnCase => entry.kind !== 'dataset');
for (const entry of cases)
  describe(`Evidently’s drift on ${entry.case}`, () => {
    const { table } = readCase(entry);
    const empty = table.nReference === 0 || table.nCurrent === 0;

    test.each(Object.entries(entry.tests))('%s', (name, truth) => {
      if ('error' in truth) {
        // Evidently refuses; ours must not call it drift.
        if (empty) return;
        if (name === 'anderson' || name === 'cramer_von_mises') {
          if (table.kind === 'num') expect(isDrifted(scoreNumeric(name, table), DRIFT_RULES[name])).toBe(false);
        }
        return;
      }
      const theirs = plain(truth.score);
      const any = ANY_TESTS.find((known) => known === name);
      const numeric = NUMERIC_TESTS.find((known) => known === name);
      if (any !== undefined || (numeric !== undefined && table.kind === 'num')) {
        const ours =
          any !== undefined
            ? scoreAny(any, table, '0.7')
            : numeric !== undefined && table.kind === 'num'
              ? scoreNumeric(numeric, table)
              : Number.NaN;
        const rule = DRIFT_RULES[any ?? numeric ?? 'ks'];
        if (!agrees(name, ours, theirs, grainOf(name, entry, Math.max(table.nReference, table.nCurrent))))
          throw new Error(`${name}: ours ${ours}, Evidently’s ${theirs}`);
        expect(isDrifted(ours, rule)).toBe(truth.drifted);
        expect({ threshold: rule.threshold, op: rule.comparison }).toEqual({ threshold: truth.threshold, op: truth.op });
      } else if (name === 'TVD' && truth.statistic !== undefined) {
        expect(totalVariation(table)).toBeCloseTo(truth.statistic, 12);
      } else {
        throw new Error(`no test of ours is called ${name}`);
      }
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
