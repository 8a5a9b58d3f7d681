import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tableArtifact } from '../testing/run-body.ts';
import { compareTables, type TableVersion } from './compare-tables.ts';

const BASE = "select i::integer as id, i % 3 as kind, 'n' || i as name from range(1000) t(i)";
const types = { id: 'INTEGER', kind: 'BIGINT', name: 'VARCHAR' };
const version = async (query: string, columns: Readonly<Record<string, string>> = types, rows = 1000): Promise<TableVersion> => ({
  artifact: { rows, columns },
  path: await tableArtifact(query),
});

test('names the columns that changed, and tells other values from another order', async () => {
  const tempDir = await mkdtemp(join(tmpdir(), 'sluice-compare-'));
  const before = await version(`${BASE} order by i`);
  const same = { added: [], removed: [], retyped: [], rows: [1000, 1000] };
  expect(await compareTables(before, await version(`${BASE} order by i`), tempDir)).toEqual({ ...same, changed: [], reordered: false });
  expect(await compareTables(before, await version(`${BASE} order by i desc`), tempDir)).toEqual({ ...same, changed: [], reordered: true });
  const edited = await version(BASE.replace('i % 3 as kind', 'case when i = 7 then 0 else i % 3 end as kind'));
  expect(await compareTables(before, edited, tempDir)).toEqual({ ...same, changed: ['kind'], reordered: false });
  const other = await version(
    "select i::bigint as id, 'n' || i as name, true as fresh from range(999) t(i)",
    { id: 'BIGINT', name: 'VARCHAR', fresh: 'BOOLEAN' },
    999,
  );
  expect(await compareTables(before, other, tempDir)).toMatchObject({
    rows: [1000, 999],
    added: ['fresh'],
    removed: ['kind'],
    retyped: [{ column: 'id', before: 'INTEGER', after: 'BIGINT' }],
  });
});

test('goes by the schema alone where a version is gone', async () => {
  const after = await version(BASE);
  expect(await compareTables({ artifact: after.artifact, path: null }, after, tmpdir())).toMatchObject({ changed: null, reordered: false });
});
