/** A tiny pipeline on tables: people → ages (two columns of people) and names (all of it). */
export const tableStages: Readonly<Record<string, string>> = {
  'stages/index.ts': `
import { definePipeline } from 'SLUICE';
import { ages, names, people } from './graph.ts';
export const pipeline = definePipeline({ name: 'people', stages: [people, ages, names] });
`,
  'stages/graph.ts': `
import { z } from 'zod';
import { artifact, columns, defineStage } from 'SLUICE';
export const people = defineStage({ name: 'people', description: 'Invents people', params: z.strictObject({ shift: z.int().default(0), name: z.string().default('n') }), outputs: { table: artifact.table({ id: 'INTEGER', age: 'INTEGER' }, { open: true }) }, native: ['duckdb'], run: () => import('./people.ts') });
export const ages = defineStage({ name: 'ages', description: 'Adds ages up', inputs: { people: columns(people.out.table, ['id', 'age']) }, outputs: { seen: artifact.json(z.unknown()) }, native: ['duckdb'], run: () => import('./ages.ts') });
export const names = defineStage({ name: 'names', description: 'Reads all', inputs: { people: people.out.table }, outputs: { seen: artifact.json(z.unknown()) }, run: () => import('./names.ts') });
`,
  'stages/people.ts': `
import { DuckDb } from 'SLUICE';
export default async ({ params, outputs, tempDir }) => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  await db.copyToParquet('select i::integer as id, (20 + i + ' + params.shift + ')::integer as age, \\'' + params.name + '\\' || i as name from range(5) t(i) order by i', outputs.table.path);
};
`,
  'stages/ages.ts': `
import { DuckDb } from 'SLUICE';
export default async ({ inputs, outputs, tempDir }) => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  await db.view('people', inputs.people.path);
  const [row] = await db.all('select sum(age)::integer as total from people');
  await outputs.seen.write({ total: row.total, rows: inputs.people.rows, columns: inputs.people.columns });
};
`,
  'stages/names.ts': `export default async ({ inputs, outputs }) => { await outputs.seen.write(Object.keys(inputs.people.columns)); };\n`,
};
