// The floor: DuckDB counts each column's distinct values in both parts, one linear pass gives the distance. No page, no checks, no other number.
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';

const [reference, current] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
const connection = await instance.connect();
const described = (
  await connection.runAndReadAll(`describe select * exclude (SK_ID_CURR, score, TARGET) from '${reference}'`)
).getRowObjectsJS();
let drifted = 0;
for (const column of described) {
  const name = /** @type {string} */ (column.column_name);
  const text = column.column_type === 'VARCHAR';
  const x = text ? `"${name}"` : `case when isfinite("${name}"::double) then "${name}"::double end`;
  const result = await connection.runAndReadAll(
    `select x, sum(r)::double as r, sum(c)::double as c from (select ${x} as x, count(*) as r, 0 as c from '${reference}' group by all
     union all select ${x} as x, 0 as r, count(*) as c from '${current}' group by all) where x is not null group by x order by x`,
  );
  const [values, r, c] = result.getColumnsJS();
  drifted += (text || values.length <= 5 ? jensenShannon(r, c) : wasserstein(values, r, c)) >= 0.1 ? 1 : 0;
}
process.stdout.write(`${JSON.stringify({ columns: described.length, drifted })}\n`);

function wasserstein(values, r, c) {
  const [n, m] = [sum(r), sum(c)];
  let [before, after, area, mean, square] = [0, 0, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    before += r[at] / n;
    after += c[at] / m;
    if (at + 1 < values.length) area += Math.abs(before - after) * (values[at + 1] - values[at]);
    mean += (r[at] * values[at]) / n;
  }
  for (let at = 0; at < values.length; at++) square += (r[at] * (values[at] - mean) ** 2) / n;
  return area / Math.max(Math.sqrt(square), 0.001);
}

function jensenShannon(r, c) {
  const [n, m] = [sum(r), sum(c)];
  let total = 0;
  for (let at = 0; at < r.length; at++) {
    const [p, q] = [r[at] / n, c[at] / m];
    const middle = (p + q) / 2;
    total += (p > 0 ? p * Math.log(p / middle) : 0) + (q > 0 ? q * Math.log(q / middle) : 0);
  }
  return Math.sqrt(Math.max(0, total / 2));
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
