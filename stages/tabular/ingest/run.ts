import { join } from 'node:path';
import { DuckDb, SluiceError, sqlName, sqlString, type StageBody } from '../../../pipeline/index.ts';
import { ingestCsv } from '../../ingest/csv/ingest-csv.ts';
import { plainCsv } from '../../ingest/csv/plain-csv.ts';
import type { RawFile } from '../../ingest/raw-file.ts';
import { refuseNoRows } from '../../ingest/refuse-no-rows.ts';
import { writeRejects } from '../../ingest/write-rejects.ts';
import { checkDataset } from '../check-dataset.ts';
import { CLIENT, ingestedColumns, rawTable, TARGET } from '../dataset-columns.ts';
import type { Dataset } from '../dataset-section.ts';
import { groupColumns } from './groups.ts';
import { writeKeyedCsv } from './keyed-csv.ts';
import type { tabularIngest } from './stage.ts';

const run: StageBody<typeof tabularIngest> = async ({
  inputs,
  config,
  params,
  outputs,
  log,
  progress,
  signal,
  tempDir,
  threads,
  memoryMb,
}) => {
  const { dataset } = config;
  checkDataset(dataset);
  using db = await DuckDb.open({ threads, memoryMb: memoryMb * 0.75, tempDir: join(tempDir, 'spill') });
  const file = findFile(inputs.raw, dataset);
  const plain = await plainCsv(file, tempDir, signal);
  const keyed = join(tempDir, 'keyed.csv');
  await writeKeyedCsv(plain.path, keyed, dataset);
  const raw = join(tempDir, 'raw.parquet');
  const context = { db, tempDir, rejectTolerance: params.rejectTolerance, log, progress, signal, outPath: () => raw };
  const { rows, rejects } = await ingestCsv(context, { ...file, path: keyed, lineOffset: dataset.headerLine - 1 }, rawTable(dataset));
  refuseNoRows(file, rows, log);
  await db.view('raw', raw);
  await refuseOtherTargets(db, file, dataset);
  await db.copyToParquet(tableSql(dataset), outputs.application_train.path);
  await db.copyToParquet(emptySql(dataset), outputs.application_test.path);
  await writeRejects(db, rejects, outputs.rejects.path);
  const labelled = { name: 'application_train', present: true, rows, rejected: rejects.length } as const;
  await outputs.summary.write({ source: 'csv', tables: [labelled, { name: 'application_test', present: false, rows: 0, rejected: 0 }] });
  log.info(`${rows} rows of ${dataset.name}`);
};

function findFile(
  { folder, files }: { readonly folder: string | null; readonly files: Readonly<Record<string, string>> },
  { file }: Dataset,
): RawFile {
  const path = files[file];
  if (path !== undefined) return { table: 'application_train', name: file, path, format: 'csv' };
  throw new SluiceError('SOURCE_MISSING', `${folder ?? 'source.dir'} has no ${file} (dataset.file)`, {
    hint: 'Name the folder: -S source.dir=…',
  });
}

async function refuseOtherTargets(db: DuckDb, file: RawFile, { target, key }: Dataset): Promise<void> {
  const { column, bad, good } = target;
  const other = `${sqlName(column)} is null or ${sqlName(column)} not in ($bad, $good)`;
  const [first] = await db.all<{ id: number; value: string | null; n: number }>(
    `select ${CLIENT} id, ${sqlName(column)} as value, count(*) over () n from raw where ${other} order by 1 limit 1`,
    { bad, good },
  );
  if (first === undefined) return;
  const where = key === null ? `line ${first.id}` : `${key} ${first.id}`;
  throw new SluiceError(
    'DATA_BAD_VALUE',
    `${file.name}: column ${column}: ${where} has "${first.value ?? ''}", which is neither ${bad} nor ${good} (${first.n} such rows)`,
    {
      hint: 'Correct the rows, or dataset.target in the config.',
      at: { file: file.path },
    },
  );
}

function tableSql(dataset: Dataset): string {
  const { column, bad } = dataset.target;
  const target = `(${sqlName(column)} = ${sqlString(bad)})::tinyint as ${TARGET}`;
  const select = [CLIENT, target, ...Object.keys(dataset.columns).map(sqlName), ...groupColumns(dataset)];
  return `select ${select.join(', ')} from raw order by ${CLIENT}`;
}

function emptySql(dataset: Dataset): string {
  const { [TARGET]: _, ...columns } = ingestedColumns(dataset);
  const select = Object.entries(columns).map(([name, type]) => `null::${type} as ${sqlName(name)}`);
  return `select ${select.join(', ')} limit 0`;
}

export default run;
