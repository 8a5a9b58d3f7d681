import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { compareViews, datasetDrift } from '../../stages/drift/compare-parts.ts';
import { referenceChunks, usualRange } from '../../stages/drift/estimate/reference-chunks.ts';
import { bankingPsi } from '../../stages/drift/maths/banking-psi.ts';
import { columnDrift } from '../../stages/drift/maths/column-drift.ts';
import { defaultTest } from '../../stages/drift/maths/default-test.ts';
import { type LevelTable, levelTable, type NumericTable, numericTable } from '../../stages/drift/maths/distinct-table.ts';
import { DRIFT_RULES, isDrifted } from '../../stages/drift/maths/drift-rule.ts';
import { scoreAny, scoreNumeric } from '../../stages/drift/maths/drift-tests.ts';
import { kolmogorovTail } from '../../stages/drift/maths/special/kolmogorov-tail.ts';
import { mergeSorted } from '../../stages/drift/scan/merge-sorted.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../stages/drift/scan/scan-column.ts';
import { falseDiscovery } from '../../stages/drift/stability/false-discovery.ts';
import { columnStability } from '../../stages/drift/stability/column-stability.ts';

/**
 * The cases C1 to C22 of the facts on drift, each under its name; docs/reference/drift-cases.md says what else holds each, and where C23 to C25 are. Truths:
 * SciPy 1.17 and NumPy 2.4 on the same values, which a short rule makes.
 */
const NONE = { reference: 0, current: 0 };

/** Values of a rule that any language can follow: ((i·a + b) mod m) / m. */
function rule(rows: number, a: number, b: number, m = 10_007): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => ((i * a + b) % m) / m);
}

function table(reference: Float64Array, current: Float64Array, precision: NumericTable['precision'] = 'float64'): NumericTable {
  const { values, ...sides } = mergeSorted(reference.toSorted(), current.toSorted());
  return numericTable(values, sides, precision);
}

function levels(reference: readonly number[], current: readonly number[]): LevelTable {
  const sides = { reference: Float64Array.from(reference), current: Float64Array.from(current) };
  return levelTable(
    reference.map((_, at) => `level ${at}`),
    sides,
  );
}

const first = table(
  rule(900, 7919, 17),
  rule(777, 6007, 29).map((x) => 0.1 + 0.95 * x),
);

test.each([
  ['ks', 0.0003590683471772859],
  ['wasserstein', 0.23516748351497715],
  ['ed', 0.09768042259416482],
] as const)('C1: 900 rows against 777, %s', (name, truth) => {
  expect(scoreNumeric(name, first)).toBeCloseTo(truth, 12);
});

test.each([
  ['jensenshannon', 0.18884426413225414],
  ['psi', 0.6370450703962496],
  ['kl_div', 0.52624856239866],
] as const)('C1: 900 rows against 777, %s', (name, truth) => {
  expect(scoreAny(name, first, '0.7')).toBeCloseTo(truth, 12);
});

test('C2: as many rows on both sides, the other branch of the exact Smirnov p', () => {
  const equal = table(
    rule(500, 7919, 17),
    rule(500, 6007, 29).map((x) => 0.06 + x),
  );
  expect(scoreNumeric('ks', equal)).toBeCloseTo(0.2919248807417811, 12);
});

test.each([
  { n: 9000, m: 7001, modulus: 10_007, move: 0.02, truth: 0.06924445062859291 },
  { n: 20_000, m: 12_345, modulus: 30_011, move: 0.01, truth: 0.3914819855917643 },
])('C3: $n rows against $m, exact up to 10,000 and asymptotic above', ({ n, m, modulus, move, truth }) => {
  const moved = table(
    rule(n, 7919, 17, modulus),
    rule(m, 6007, 29, modulus).map((x) => x + move),
  );
  expect(scoreNumeric('ks', moved)).toBeCloseTo(truth, 10);
});

test.each([
  [1, 0.6, 0.8],
  [10, 0.3, 0.27053557479999946],
  [140, 0.1, 0.11353657290090946],
  [141, 0.12, 0.03160060527758468],
  [5000, 0.02, 0.03613941395325637],
  [100_000, 0.0045, 0.034739868616438185],
  [250_000, 0.003, 0.02217349052208376],
])('C4: Kolmogorov’s tail, n = %d, x = %d', (n, x, truth) => {
  expect(Math.abs(kolmogorovTail(n, x) - truth)).toBeLessThan(1e-11);
});

test('C5: one income of 117 million in 3,001 hides that all others doubled from the distance, not from the PSI', () => {
  const incomes = rule(3000, 7919, 17).map((x) => Math.exp(11 + 2 * x));
  const doubled = incomes.map((x) => 2 * x);
  const [without, with_] = [table(incomes, doubled), table(Float64Array.of(...incomes, 1.17e8), doubled)];
  expect(scoreNumeric('wasserstein', without)).toBeGreaterThan(1);
  expect(scoreNumeric('wasserstein', with_)).toBeLessThan(0.15);
  const psi = (of: NumericTable): number => bankingPsi(of, NONE);
  expect(psi(with_)).toBeGreaterThan(0.25);
  expect(Math.abs(psi(with_) / psi(without) - 1)).toBeLessThan(0.05);
});

test('C6: up to 20 distinct values one bin a value, above it Sturges; from 2.1 on NumPy’s bins of integers are one wide at least', () => {
  const counts = (factor: number, by: number, mod: number, values: number): Float64Array =>
    Float64Array.from({ length: values }, (_, i) => factor * (1 + ((by * i) % mod)));
  const whole = (values: number, precision: NumericTable['precision']): NumericTable =>
    numericTable(
      Float64Array.from({ length: values }, (_, i) => i),
      { reference: counts(40_000, 7, 11, values), current: counts(36_000, 5, 13, values) },
      precision,
    );
  expect(scoreAny('jensenshannon', whole(30, 'float64'), '0.7')).toBeCloseTo(0.21605366002348905, 12);
  expect(scoreAny('jensenshannon', whole(30, 'integer'), '0.7')).toBeCloseTo(0.21605366002348905, 12);
  expect(scoreAny('jensenshannon', whole(20, 'integer'), '0.7')).toBeCloseTo(0.24348695460955522, 12);
  // So many rows that the old rule makes bins narrower than one.
  const narrow = whole(22, 'integer');
  const many = numericTable(
    narrow.values,
    { reference: narrow.reference.map((n) => n * 20), current: narrow.current.map((n) => n * 20) },
    'integer',
  );
  expect(scoreAny('jensenshannon', many, '0.4')).not.toBe(scoreAny('jensenshannon', many, '0.7'));
  expect(scoreAny('jensenshannon', { ...many, precision: 'float64' }, '0.7')).toBe(scoreAny('jensenshannon', many, '0.4'));
});

test('C7: half missing against nine tenths: no drift to Evidently, all of the PSI', () => {
  const values = table(rule(1500, 7919, 17), rule(300, 7919, 17));
  expect(columnDrift(values, '0.7').drifted).toBe(false);
  const { psi, stability } = columnStability(values, { reference: 1500, current: 2700 });
  expect(psi).toBeGreaterThan(0.25);
  expect(stability.missingPart / psi).toBeGreaterThan(0.9);
});

describe('tables', () => {
  async function compare(reference: string, current: string) {
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: await mkdtemp(join(tmpdir(), 'sluice-facts-')) });
    const open = async (view: string, sql: string) => {
      await db.run(`create view ${view} as ${sql}`);
      const described = await db.all<{ column_name: string; column_type: string }>(`describe ${view}`);
      return { columns: Object.fromEntries(described.map((column) => [column.column_name, column.column_type])) };
    };
    const parts = { reference: await open(REFERENCE_ROWS, reference), current: await open(CURRENT_ROWS, current) };
    return await compareViews(db, parts, { mode: '0.7', ignore: [] });
  }

  test('C8: infinities on one side, an all-null column, an absent one, a changed type: each has a reason, none ends the comparison', async () => {
    const columns = await compare(
      `select i::double as fine, i::double as endless, null::double as empty, i as gone, i as changed, i::double as emptied from range(1200) t(i)`,
      `select i::double as fine, case when i % 3 = 0 then 'inf'::double when i % 3 = 1 then '-inf'::double else i end as endless, null::double as empty,
       'text' as changed, null::double as emptied from range(900) t(i)`,
    );
    expect(columns.map(({ name, skipReason }) => [name, skipReason])).toEqual([
      ['fine', null],
      ['endless', null],
      ['empty', 'no value in either part'],
      ['gone', 'absent from the current part'],
      ['changed', 'type changed from BIGINT to VARCHAR'],
      ['emptied', 'no value in the current part'],
    ]);
    expect(columns[1]?.missing).toEqual({ reference: 0, current: 2 / 3 });
  });

  test('C16: the order of rows and of columns changes nothing; which part is the reference does', async () => {
    const rows = `select i as key, (hash(i) % 97 / 7.0)::double as x, case i % 3 when 0 then 'ä' else 'b' end as level from range(1300) t(i)`;
    const others = `select i as key, (hash(i) % 61 / 5.0)::double as x, case i % 4 when 0 then 'ä' else 'c' end as level from range(1100) t(i)`;
    const straight = await compare(rows, others);
    const turned = await compare(
      `select level, x, key from (${rows}) order by hash(key + 1)`,
      `select x, level, key from (${others}) order by hash(key + 7)`,
    );
    const named = (of: typeof straight) => Object.fromEntries(of.map((column) => [column.name, column]));
    expect(named(turned)).toEqual(named(straight));
    const swapped = await compare(others, rows);
    expect(named(swapped)['x']?.evidently?.score).not.toBe(named(straight)['x']?.evidently?.score);
  });

  test('C17: a share of exactly one half is dataset drift', async () => {
    const columns = await compare('select i as a, i as b from range(1200) t(i)', 'select i as a, i + 900 as b from range(1200) t(i)');
    expect(datasetDrift(columns, { mode: '0.7', driftShare: 0.5 })).toMatchObject({
      numberOfDriftedColumns: 1,
      shareOfDriftedColumns: 0.5,
      datasetDrift: true,
    });
  });
});

test('C9: a constant on both sides has no distance and no χ²; another constant is measured in units of 0.001', () => {
  const ones = (value: number, rows: number) => Float64Array.from({ length: rows }, () => value);
  const same = table(ones(3, 1200), ones(3, 900));
  expect([scoreAny('jensenshannon', same, '0.7'), scoreAny('psi', same, '0.7'), scoreNumeric('wasserstein', same)]).toEqual([0, 0, 0]);
  expect(scoreAny('chisquare', same, '0.7')).toBeNaN();
  expect(scoreNumeric('wasserstein', table(ones(3, 1200), ones(3.5, 900)))).toBeCloseTo(0.5 / 0.001, 9);
});

test('C10: a flag of 0 and 1 with more than 1,000 reference rows is judged by Jensen–Shannon, as number and as category', () => {
  const flag = numericTable(
    Float64Array.of(0, 1),
    { reference: Float64Array.of(1000, 200), current: Float64Array.of(500, 400) },
    'integer',
  );
  expect(columnDrift(flag, '0.7').test).toBe('jensenshannon');
  expect(columnDrift(flag, '0.7').score).toBeCloseTo(scoreAny('jensenshannon', levels([1000, 200], [500, 400]), '0.7'), 14);
});

test('C11: three levels, a new one, a lost one, a single one, 58 of them', () => {
  expect(scoreAny('chisquare', levels([300, 200, 100], [150, 130, 60]), '0.7')).toBeCloseTo(0.08208499862389873, 12);
  expect(scoreAny('chisquare', levels([300, 200, 0], [150, 130, 60]), '0.7')).toBe(0);
  expect(scoreAny('psi', levels([75, 25], [100, 0]), '0.7')).toBeCloseTo(2.0271496162259326, 12);
  expect(scoreAny('chisquare', levels([300], [150]), '0.7')).toBeNaN();
  const of = (by: number, mod: number): number[] => Array.from({ length: 58 }, (_, i) => 1 + ((i * by) % mod));
  expect(scoreAny('jensenshannon', levels(of(37, 101), of(53, 97)), '0.7')).toBeCloseTo(0.2843191654786691, 12);
});

test('C12: where the least share is under a ten-thousandth, an empty bin counts as a millionth of it', () => {
  expect(scoreAny('psi', levels([99_995, 5], [1000, 0]), '0.7')).toBeCloseTo(3.465985909049935e-5, 12);
});

test.each([
  [1000, 2, 'z', 'z'],
  [1000, 3, 'chisquare', 'chisquare'],
  [1000, 5, 'chisquare', 'chisquare'],
  [1000, 6, 'ks', 'chisquare'],
  [1001, 2, 'jensenshannon', 'jensenshannon'],
  [1001, 5, 'jensenshannon', 'jensenshannon'],
  [1001, 6, 'wasserstein', 'jensenshannon'],
] as const)('C13: %d reference rows and %d distinct values: %s of numbers, %s of categories', (rows, distinct, number, category) => {
  const counts = Float64Array.from({ length: distinct }, (_, at) => (at === 0 ? rows - distinct + 1 : 1));
  const sides = { reference: counts, current: counts };
  expect(
    defaultTest(
      numericTable(
        Float64Array.from({ length: distinct }, (_, at) => at),
        sides,
      ),
    ),
  ).toBe(number);
  expect(
    defaultTest(
      levelTable(
        Array.from({ length: distinct }, (_, at) => `${at}`),
        sides,
      ),
    ),
  ).toBe(category);
});

test('C14: scores exactly at their thresholds', () => {
  const at = Object.fromEntries(Object.entries(DRIFT_RULES).map(([name, own]) => [name, isDrifted(own.threshold, own)]));
  const inclusive = new Set(['ks', 'cramer_von_mises', 'wasserstein', 'jensenshannon', 'psi', 'kl_div', 'hellinger']);
  expect(at).toEqual(Object.fromEntries(Object.keys(DRIFT_RULES).map((name) => [name, inclusive.has(name)])));
});

test('C15: single precision, values on the edges of bins, the largest in the last bin', () => {
  const single = (values: Float64Array): Float64Array => Float64Array.from(new Float32Array(values));
  const moved = rule(900, 6007, 29).map((x) => 0.1 + x);
  const narrow = table(single(rule(1500, 7919, 17)), single(moved), 'float32');
  expect(scoreAny('jensenshannon', narrow, '0.7')).toBeCloseTo(0.2380542966033518, 6);
  expect(scoreAny('jensenshannon', table(rule(1500, 7919, 17), moved), '0.7')).toBeCloseTo(0.2380542966033518, 12);
  const edges = table(
    Float64Array.from({ length: 1320 }, (_, i) => (i % 33) / 32),
    Float64Array.from({ length: 990 }, (_, i) => ((i * i) % 33) / 32),
  );
  expect(scoreAny('jensenshannon', edges, '0.7')).toBeCloseTo(0.3934349451480298, 12);
});

test('C18: banking PSI on the reference’s deciles with a bin for missing values, as numpy.quantile has them', () => {
  const squares = table(
    rule(2000, 7919, 17).map((x) => x ** 2),
    rule(1200, 6007, 29).map((x) => (x * 0.9 + 0.05) ** 2),
  );
  expect(bankingPsi(squares, { reference: 100, current: 100 })).toBeCloseTo(0.12414846834855901, 12);
});

test('C19: Benjamini–Hochberg, as scipy.stats.false_discovery_control has it', () => {
  const adjusted = falseDiscovery([0.01, 0.04, 0.03, 0.5, 0.2]);
  [0.05, 0.2 / 3, 0.2 / 3, 0.5, 0.25].forEach((truth, at) => expect(adjusted[at]).toBeCloseTo(truth, 14));
});

test('C21: ten chunks and what is left over; mean ± 3 standard deviations of the population, cut at what can be', () => {
  expect(referenceChunks(1023).map(([from, to]) => to - from)).toEqual([...Array.from({ length: 10 }, () => 102), 3]);
  expect(referenceChunks(1020)).toHaveLength(10);
  expect(referenceChunks(7)).toEqual([[0, 7]]);
  expect(referenceChunks(0)).toEqual([]);
  const values = Array.from({ length: 11 }, (_, i) => 0.1 + ((i * 37) % 101) / 400);
  const { lo, hi } = usualRange(values, { lower: -1, upper: 1 });
  expect(lo).toBeCloseTo(-0.0022511704549528777, 14);
  expect(hi).toBeCloseTo(0.4386148068185892, 14);
  expect(usualRange(values, { lower: 0, upper: 0.4 })).toEqual({ lo: 0, hi: 0.4 });
});

const decisions = join(resolve(process.env['SLUICE_REFERENCE'] ?? '../shared/reference'), 'decision');
const haveDecisions = existsSync(decisions);
(haveDecisions ? test : test.skip)(
  `C21: the alert limits that NannyML recorded${haveDecisions ? '' : ` (skipped: no folder ${decisions}, set SLUICE_REFERENCE)`}`,
  () => {
    const names = ['roc_auc', 'average_precision', 'f1', 'precision', 'recall'] as const;
    type Chunk = Readonly<Record<(typeof names)[number], { realized: number; lower_threshold: number; upper_threshold: number }>>;
    for (const file of readdirSync(decisions).filter((name) => name.startsWith('cbpe_'))) {
      const { expect: truth }: { expect: { reference: readonly Chunk[] } } = JSON.parse(readFileSync(join(decisions, file), 'utf8'));
      for (const name of names) {
        const { lo, hi } = usualRange(
          truth.reference.map((chunk) => chunk[name].realized),
          { lower: 0, upper: 1 },
        );
        expect(lo).toBeCloseTo(truth.reference[0]?.[name].lower_threshold ?? Number.NaN, 12);
        expect(hi).toBeCloseTo(truth.reference[0]?.[name].upper_threshold ?? Number.NaN, 12);
      }
    }
  },
);

describe('docs/reference/drift-cases.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/drift-cases.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| C\d+ /.test(line));

  test('has each case once, in order, with a file that is there and, of this one, a test of that name', () => {
    expect(rows.map((row) => /^\| (C\d+) /.exec(row)?.[1])).toEqual(Array.from({ length: 25 }, (_, at) => `C${at + 1}`));
    const own = readFileSync(import.meta.filename, 'utf8');
    for (const row of rows) {
      const [name, file] = [/^\| (C\d+) /.exec(row)?.[1] ?? '', /`([^`]+)` \|[^|]*\|$/.exec(row)?.[1] ?? ''];
      expect([name, existsSync(join(import.meta.dirname, '../..', file))]).toEqual([name, true]);
      if (file.endsWith('drift-facts.test.ts'))
        expect([name, own.includes(`'${name}: `) || own.includes(`\`${name}: `)]).toEqual([name, true]);
    }
  });

  const folder = join(resolve(process.env['SLUICE_REFERENCE'] ?? '../shared/reference'), 'drift');
  const haveFolder = existsSync(folder);
  (haveFolder ? test : test.skip)(
    `names every recorded truth${haveFolder ? '' : ` (skipped: no folder ${folder}, set SLUICE_REFERENCE)`}`,
    () => {
      const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('_'));
      expect(files.filter((name) => !page.includes(`\`${name.slice(0, -5)}\``))).toEqual([]);
    },
  );
});
