import { sqlName, sqlString } from '../../../pipeline/index.ts';
import type { Dataset } from '../dataset-section.ts';

/** SQL of each `group_…` column, which evaluate measures fairness by. */
export function groupColumns({ groups, columns }: Dataset): readonly string[] {
  return Object.entries(groups).map(([name, { column, bands, labels }]) => {
    const value = sqlName(column);
    const own = { ...columns[column]?.labels, ...labels };
    const sql =
      bands.length > 0
        ? bandSql(
            value,
            bands.toSorted((a, b) => a - b),
          )
        : levelSql(value, own);
    return `${sql} as ${sqlName(`group_${name}`)}`;
  });
}

function bandSql(value: string, bands: readonly number[]): string {
  const cases = bands.map((end, index) => {
    const start = bands[index - 1];
    return `when ${value} < ${end} then ${sqlString(start === undefined ? `under ${end}` : `${start} to under ${end}`)}`;
  });
  return `case when ${value} is null then null ${cases.join(' ')} else ${sqlString(`${bands.at(-1) ?? ''} and over`)} end`;
}

function levelSql(value: string, labels: Readonly<Record<string, string>>): string {
  const cases = Object.entries(labels).map(([level, label]) => `when ${sqlString(level)} then ${sqlString(label)}`);
  return cases.length === 0 ? `${value}::varchar` : `case ${value} ${cases.join(' ')} else ${value}::varchar end`;
}
