// Two synthetic parts of Home Credit's shape as Parquet: 104 numbers and 16 categories, of which every tenth is moved in the current part; besides,
// a key, a score and outcomes that follow it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const ROWS = { reference: 307_511, current: 48_744 };

/** A uniform draw a row and column, the same on any machine. */
const uniform = (column) => `((hash(i * 1000 + ${column}) >> 11)::double / 9007199254740992.0)`;

function expression(at, moved) {
  const u = uniform(at);
  const shift = moved && at % 10 === 0 ? 0.3 : 0;
  if (at >= 104) return `'level ' || floor(${u} * ${u} * ${at < 112 ? 5 : 58} + ${shift})::integer as cat_${at}`;
  if (at >= 84) return `(${u} < ${0.1 + shift})::integer as flag_${at}`;
  if (at >= 64) return `floor(-ln(${u} + 1e-12) * 3 + ${shift * 4})::integer as count_${at}`;
  const value = `exp(2 * ${u} + ${uniform(at + 500)} + ${shift})`;
  return at % 4 === 0 ? `${value} as num_${at}` : `case when ${uniform(at + 200)} < 0.5 then round(${value}, 4) end as num_${at}`;
}

/** @returns the paths of both parts in the folder, made where they are not there yet */
export async function makeParts(folder, columns = 120) {
  const paths = {};
  for (const [side, rows] of Object.entries(ROWS)) {
    const path = join(folder, `scored-${side}-${columns}.parquet`);
    paths[side] = path;
    if (existsSync(path)) continue;
    const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
    const connection = await instance.connect();
    const list = Array.from({ length: columns }, (_, at) => expression(at % 120, side === 'current').replace(/_(\d+)$/, `_${at}`)).join(
      ', ',
    );
    const score = `(0.3 * ${uniform(901)} * ${uniform(902)})`;
    const from = side === 'current' ? 1_000_000 : 0;
    await connection.run(
      `copy (select i::integer as SK_ID_CURR, ${score} as score, (${uniform(900)} < ${score})::tinyint as TARGET, ${list} from range(${from}, ${from + rows}) t(i)) to '${path}' (format parquet, compression snappy)`,
    );
    connection.closeSync();
  }
  return paths;
}
