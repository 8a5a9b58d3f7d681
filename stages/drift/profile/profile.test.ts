import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../../pipeline/index.ts';
import { compareParts, type Part } from '../compare-parts.ts';
import { profiledSegments } from './profiled-segments.ts';
import { profiledScores, readProfile } from './read-profile.ts';
import { writeProfile } from './write-profile.ts';

const REFERENCE = `select i::integer as id, (hash(i) % 997 / 7.0)::double as spread, case when i % 3 = 0 then null else i % 5 end::tinyint as codes,
  (i % 2)::tinyint as flag, case i % 4 when 0 then 'ä' when 1 then '' when 2 then null else 'b "q"' end as level,
  case i % 10 when 0 then 'inf'::double when 1 then 'nan'::double when 2 then '-inf'::double else i end as infinite, null::double as never,
  (i / 3)::float as single, true as yes, date '2020-01-01' as day, (i % 7)::decimal(5, 1) as price, i as "a'b""c", 1 as gone
  from range(1500) t(i)`;
const CURRENT = `select i::integer as id, (hash(i) % 899 / 6.0)::double as spread, (i % 6)::tinyint as codes, (i % 2)::tinyint as flag,
  case i % 5 when 0 then 'ä' when 1 then 'new' else '' end as level, i::double as infinite, null::double as never, (i / 4)::float as single,
  i % 2 = 0 as yes, date '2020-01-01' as day, (i % 9)::decimal(5, 1) as price, i * 2 as "a'b""c", 'x' as added from range(700) t(i)`;

async function part(db: DuckDb, dir: string, name: string, sql: string): Promise<Part & { readonly rows: number }> {
  const path = join(dir, `${name}.parquet`);
  await db.copyToParquet(sql, path);
  await db.view(name, path);
  const described = await db.all<{ column_name: string; column_type: string }>(`describe ${name}`);
  const columns = Object.fromEntries(described.map((column) => [column.column_name, column.column_type]));
  return { path, columns, rows: (await db.one<{ n: number }>(`select count(*)::double as n from ${name}`)).n };
}

describe('reference profile', () => {
  test.each(['0.4', '0.7'] as const)('mode %s: gives the numbers that the rows give', async (mode) => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
    using db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: dir });
    const reference = await part(db, dir, 'given', REFERENCE);
    const current = await part(db, dir, 'current', CURRENT);
    const fromRows = await compareParts(db, { reference, current }, { mode, ignore: ['id'] });
    const path = join(dir, 'profile.parquet');
    const scores = Float32Array.of(0.5, 0.25, 0.5);
    await writeProfile(db, { view: 'given', rows: reference.rows, sha256: 'abc', columns: reference.columns, scores }, path);

    using later = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: dir });
    const profile = await readProfile(later, path);
    expect(profile).toEqual({ rows: 1500, sha256: 'abc', columns: reference.columns });
    expect(Object.keys(profile.columns)).toEqual(Object.keys(reference.columns));
    const parts = { reference: { form: 'profile', columns: profile.columns } as const, current };
    const fromProfile = await compareParts(later, parts, { mode, ignore: ['id'] });
    expect(fromProfile).toEqual(fromRows);
    expect(fromRows.filter(({ evidently }) => evidently !== null).length).toBeGreaterThan(6);
    expect(await profiledScores(later)).toEqual(Float64Array.of(0.25, 0.5, 0.5));
  });

  test('a column that is not what it was shows: the profile is not read past', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir });
    const reference = await part(db, dir, 'given', `select i as x, 'a' as y from range(20) t(i)`);
    const current = await part(db, dir, 'current', `select 'text' as x, 'a' as y from range(20) t(i)`);
    const path = join(dir, 'profile.parquet');
    await writeProfile(db, { view: 'given', rows: 20, sha256: '', columns: reference.columns }, path);
    const { columns } = await readProfile(db, path);
    const compared = await compareParts(db, { reference: { form: 'profile', columns }, current }, { mode: '0.7', ignore: [] });
    expect(compared.map(({ name, skipReason }) => [name, skipReason])).toEqual([
      ['x', 'type changed from BIGINT to VARCHAR'],
      ['y', null],
    ]);
    expect(await profiledScores(db)).toHaveLength(0);
  });

  test('groups come back by attribute, in the order in which they were written', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
    using db = await DuckDb.open({ threads: 2, memoryMb: 256, tempDir: dir });
    const reference = await part(db, dir, 'given', `select i as x from range(4) t(i)`);
    const path = join(dir, 'profile.parquet');
    const segments = [
      { attribute: 'sex', groups: ['M', 'F', 'others', 'unknown'], code: Float64Array.of(0, 0, 1, 3) },
      { attribute: 'age', groups: ['old', 'others', 'unknown'], code: Float64Array.of(0, 0, 0, 2) },
    ];
    await writeProfile(
      db,
      { view: 'given', rows: 4, sha256: '', columns: reference.columns, scores: [0.4, 0.3, 0.2, 0.1], segments },
      path,
    );
    await readProfile(db, path);
    const found = await profiledSegments(db);
    expect(found.map(({ attribute, groups }) => [attribute, groups])).toEqual(segments.map(({ attribute, groups }) => [attribute, groups]));
    expect(found.map(({ probability, code }) => [[...probability], [...code]])).toEqual([
      [
        [0.3, 0.4, 0.2, 0.1],
        [0, 0, 1, 3],
      ],
      [
        [0.2, 0.3, 0.4, 0.1],
        [0, 0, 0, 2],
      ],
    ]);
  });

  test('the bytes do not depend on threads, and another file is refused by name', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
    const digests: unknown[] = [];
    for (const threads of [1, 3]) {
      using db = await DuckDb.open({ threads, memoryMb: 256, tempDir: dir });
      const reference = await part(db, dir, 'given', REFERENCE);
      const path = join(dir, `profile-${threads}.parquet`);
      await writeProfile(db, { view: 'given', rows: 1500, sha256: '', columns: reference.columns }, path);
      digests.push(await db.one(`select md5(content) as digest from read_blob(${sqlString(path)})`));
      await expect(readProfile(db, reference.path)).rejects.toThrow('is no reference profile: it has no column "position"');
    }
    expect(digests[1]).toEqual(digests[0]);
  });
});
