import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DuckDb } from '../../../pipeline/index.ts';
import { sortNumbers } from './sort-numbers.ts';
import { mergeSorted } from './merge-sorted.ts';
import { NumberBuffers } from './number-buffers.ts';
import { CURRENT_ROWS, REFERENCE_ROWS, scanColumn } from './scan-column.ts';

test('a column of fractions sorted here has the counts that DuckDB groups: ties, nulls, NaN, infinities, zeros of both signs, subnormals', async () => {
  using db = await DuckDb.open({ threads: 2, memoryMb: 256, tempDir: await mkdtemp(join(tmpdir(), 'sluice-scan-')) });
  const odd = `[null, 'nan'::double, 'inf'::double, '-inf'::double, 0.0, -0.0, 5e-324, -5e-324, 1.5, -1.5, 1e308]`;
  await db.run(
    `create view ${REFERENCE_ROWS} as select ${odd}[1 + i % 11] as x, (hash(i) % 89 / 7.0)::float as y, (i % 7)::decimal(5, 2) as z from range(997) t(i)`,
  );
  await db.run(
    `create view ${CURRENT_ROWS} as select ${odd}[1 + i % 7] as x, (hash(i) % 97 / 7.0)::float as y, (i % 9)::decimal(5, 2) as z from range(313) t(i)`,
  );
  for (const [name, type] of [
    ['x', 'DOUBLE'],
    ['y', 'FLOAT'],
    ['z', 'DECIMAL(5,2)'],
  ] as const) {
    const side = { type, storage: 'float' } as const;
    const column = { name, reference: side, current: side };
    const grouped = (await scanColumn(db, column, { form: 'rows' }))();
    const sorted = (await scanColumn(db, column, { form: 'rows', rows: { reference: 997, current: 313 } }))();
    expect(sorted).toEqual(grouped);
    expect(sorted.missing.reference > 0).toBe(name === 'x');
  }
});

test('merging keeps every row, in ascending order of distinct values', () => {
  const values = fc.array(fc.constantFrom(-2, -0, 0, 0.5, 1, 3, 1e300), { maxLength: 40 });
  fc.assert(
    fc.property(values, values, (left, right) => {
      const merged = mergeSorted(Float64Array.from(left).toSorted(), Float64Array.from(right).toSorted());
      const count = (of: readonly number[], value: number): number => of.filter((own) => own === value).length;
      merged.values.forEach((value, at) => {
        expect([merged.reference[at], merged.current[at]]).toEqual([count(left, value), count(right, value)]);
        expect(at === 0 || (merged.values[at - 1] ?? 0) < value).toBe(true);
      });
      expect(new Set([...left, ...right].map((value) => value + 0)).size).toBe(merged.values.length);
    }),
    { numRuns: 100 },
  );
});

test('numbers sort as they do by comparison, few and many, of both signs', () => {
  const same = (values: Float64Array): void => expect(sortNumbers(values.slice(), new NumberBuffers())).toEqual(values.toSorted());
  fc.assert(fc.property(fc.float64Array({ noNaN: true }), same), { numRuns: 200 });
  const many = (of: (at: number) => number): Float64Array => Float64Array.from({ length: 60_000 }, (_, at) => of((at * 48_271) % 65_537));
  for (const of of [
    (at: number) => at - 30_000,
    (at: number) => (at - 9) / 7,
    (at: number) => Math.exp(at % 600) * (at % 2 === 0 ? 1 : -1),
    (at: number) => at % 3,
    () => 5e-324,
    (at: number) => 1.7e9 + at / 3,
    (at: number) => (at % 2 === 0 ? -1 : 1) * (1 + at * 1e-12),
  ])
    same(many(of));
});
