import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../../pipeline/index.ts';
import keptPlans from '../sql/kept_plans.sql';
import macros from '../sql/macros.sql';
import { NotInterpreted } from './plan-node.ts';
import { planOf } from './plan-of.ts';
import { programOf } from './program.ts';
import type { Row } from './values.ts';

const ROWS = 3000;

/** Numbers of all sizes and signs, on and beside what rounding turns on; days, and texts. Null one time in ten. */
const VALUES = `select
    i::integer as id,
    (i % 97)::integer as client,
    (i % 50)::integer as turn,
    case when i % 10 <> 3 then case i % 7
      when 0 then (hash(i) % 2000001)::double / 2 - 500000
      when 1 then ((hash(i, 1) % 1000003)::double - 500000) / 1e6 + 0.0000005
      when 2 then pow(10, (hash(i, 2) % 40)::double - 14) * (1 + (hash(i, 3) % 1000000) / 1e6)
      when 3 then -pow(10, (hash(i, 4) % 300)::double - 20) * (1 + (hash(i, 5) % 1000000) / 1e6)
      when 4 then pow(2, (hash(i, 6) % 64)::double) + (hash(i) % 3)::double - 1
      when 5 then case i % 3 when 0 then 'infinity'::double when 1 then '-infinity'::double else -0.0 end
      else (hash(i, 7) % 2000)::double - 1000 + 0.5
    end end as x,
    case when i % 11 <> 5 then (hash(i, 8) % 6000)::integer - 5000 end as day,
    case when i % 13 <> 5 then ['C', 'X', '', 'XNA', 'é', '0', '5', '12'][1 + (hash(i, 9) % 8)::integer] end as status
  from range(${ROWS}) r(i)`;

const QUERIES = {
  casts: `select id, feature(x), try_cast(x as float), money(x), ratio(x, 1), whole(x), days(x), money(x)::float, ratio(x, 1)::float,
      money(x)::double, ratio(x, 1)::double, day::bigint * 1000003 * day, (day::bigint * 1000003 * day)::double,
      try_cast(day::bigint * 900000001 * 7 as float), (day::hugeint * day * day * day * day * day * 1000003)::double,
      try_cast(day::hugeint * day * day * day * day * day * 1000003 as float)
    from numbers`,
  rows: `select id, x > 5, x <= day, x = x, status in ('C', '5'), level(status), flag(status = 'X'), lateness(status), coalesce(x, day, 0),
      greatest(x, day), least(x, day::double, 3), sqrt(abs_x), square(x), x / nullif(day, 0), -day, -x, starts_with(status, 'X'),
      x is null or day > -100, x > 0 and day < -4000, not (day > -10), day between -100 and -10, nullif(day, -5), x - day, x + 1, 2 * x,
      code(status, ['X', 'C', '5']), 2 - list_sum(list_value((x is not null)::utinyint, (day is not null)::utinyint)),
      feature(cos(2 * pi() * turn / 24)), feature(sin(2 * pi() * turn / 24))
    from (select *, case when x >= 0 then x end as abs_x from numbers)`,
  aggregates: `select client, count(*), count(x), count(distinct status), min(x), max(x), sum(day), sum(money(x)), sum(ratio(x, 1)), avg(day),
      avg(money(x)), avg(ratio(x, 1)), min(money(x)), max(ratio(x, 1)), whole_variance(day), slope(day, -turn), share(day > -100), any_value(day),
      slope(money(case when abs(day) < 3000 then day / 7 end), -turn), min_by(day, id), feature(avg(money(x))), feature(sum(money(x)))
    from numbers group by client`,
  windows: `select id, row_number() over (partition by client order by x desc, id), row_number() over (partition by client order by day, id desc),
      lead(day) over (partition by client order by day desc nulls last, id),
      first_value(x) over (partition by client order by day desc nulls last, id), max(day) over (partition by client)
    from numbers`,
  joins: `with few as materialized (select client, status, count(*) as n from numbers group by client, status having count(day) > 3)
    select id, n, few.status from numbers left join few using (client, status)
    union all select id, day, status from numbers join (select client, max(id) as id from numbers group by client) using (client, id)`,
  filters: `select turn, status from numbers where day > -3000 and status is not null and status <> 'X'
    union all select id, status from numbers where x is null
    union all select client, status from numbers where status = 'C'`,
  sorted: `select id, day, row_number() over () as place from (select id, day from numbers order by day desc nulls first, x, id)`,
  filtered: `select client, count(*) filter (where status = 'C') / count(*), max(x) filter (where day < -2500), sum(money(x)) filter (where day > -2500),
      count(x) filter (where status in ('0', '5')), min(day) filter (where false or status = 'é')
    from numbers group by client`,
  texts: `select id, concat_ws('|', status, turn, coalesce(day, -1)), contains(status, 'C'), coalesce(near::varchar, '?'), concat_ws('|', status, null)
    from (select *, case when x between 0.0002 and 999999 then x end as near from numbers)`,
  rounded: `select id, round(x), round(near * 1e9)::bigint, round(-near * 2)::bigint, (near / 8)::bigint, 1e18 * near, round(turn / 4)
    from (select *, case when abs(x) < 1000000 then x end as near from numbers)`,
} as const;

async function open(): Promise<DuckDb> {
  const db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  await db.run(keptPlans);
  await db.run(macros);
  await db.run('create macro abs(x) as case when x < 0 then -x else x end');
  await db.run(`create table numbers as ${VALUES}`);
  return db;
}

const asText = (value: unknown): string =>
  Object.is(value, -0) ? '-0' : typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? 'null');

/** By id, as what DuckDB's driver gives: decimals and whole numbers of 64 bits as numbers, of floats the bits. */
const inOrder = (rows: readonly Row[]): readonly string[] => rows.map((row) => row.map(asText).join(' | ')).toSorted();

test.each(Object.keys(QUERIES) as (keyof typeof QUERIES)[])(
  '%s: each value is the one that DuckDB gives, to the last bit',
  async (name) => {
    using db = await open();
    // Exact numbers are compared as text: the driver would round them.
    const query = QUERIES[name];
    const columns = await db.all<{ column_name: string; column_type: string }>(`describe ${query}`);
    const exact = columns.map(({ column_type: type }) => /DECIMAL|BIGINT|HUGEINT/.test(type));
    const rows = await db.all(
      `select ${columns.map((_, at) => (exact[at] ? `c${at}::varchar as c${at}` : `c${at}`)).join(', ')} from (${query}) t(${columns.map((_, at) => `c${at}`).join(', ')})`,
    );
    const expected = rows.map((row) =>
      Object.values(row).map((value, at) =>
        exact[at] && typeof value === 'string' ? BigInt(value.replace('.', '')) : (value as Row[number]),
      ),
    );
    const numbers = (await db.all('select * from numbers')).map((row) => Object.values(row) as Row);
    const made = programOf(await planOf(db, query))(() => numbers);
    expect(made.length).toBeGreaterThan(90);
    expect(inOrder(made)).toEqual(inOrder(expected));
  },
);

test('what the interpreter does not know is left to DuckDB, at once or when it comes up', async () => {
  using db = await open();
  for (const query of [
    'select ln(x) from numbers',
    'select sum(x) from numbers group by client',
    'select median(day) from numbers group by client',
  ])
    await expect(planOf(db, query).then(programOf)).rejects.toThrow(NotInterpreted);
  const program = programOf(await planOf(db, 'select day * day * day from numbers'));
  expect(() => program(() => [[1, 1, 1, 1, 2000, 'C']])).toThrow(NotInterpreted);
});
