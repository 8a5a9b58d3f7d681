import { rename, stat } from 'node:fs/promises';
import { DuckDb, SluiceError, sqlString } from '../../pipeline/index.ts';
import { requireUniqueClients } from '../../stages/features/require-unique-clients.ts';
import { loadChampion } from '../../stages/gate/load-champion.ts';
import { TABLE_NAMES } from '../../stages/tables/table-names.ts';
import { type FeaturePart, featureParts } from '../book/feature-parts.ts';
import { ScoreWords } from '../scorer/answers/score-words.ts';
import type { KeptModel } from '../scorer/models/kept-model.ts';
import { readServedModel, type ServedModel } from '../scorer/served-model.ts';
import { ARCHIVE } from './archive.ts';
import { BatchJob, inputDigest } from './batch-job.ts';
import { featureRows, fileColumns, readFeatureTable } from './feature-table.ts';
import { rawPaths, readRawInput } from './raw-input.ts';
import { scorePart } from './score-part.ts';

const MEMORY_MB = 2048;
/** About a row that cannot be read. */
const ADVICE =
  'Correct the row or take it away: none is set aside here, since whoever it belongs to would be scored without it. A run over the tables (-S params.ingest.rejectTolerance=…) and `sluice serve --book` (--reject-tolerance) may set rows aside.';

export interface BatchOptions {
  readonly input: string;
  /** Ends in .parquet or .csv. */
  readonly out: string;
  readonly model: KeptModel;
  readonly reasons: boolean;
  readonly projectDir: string;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onNote: (note: string) => void;
  /** Clients of a part; for tests. */
  readonly clientsAtOnce?: number;
}

export interface BatchSummary {
  readonly applicants: number;
  readonly refused: number;
  /** Parts that an earlier call had done. */
  readonly resumed: number;
}

/**
 * Scores all applicants of an input into one file, by SK_ID_CURR. Each part is kept as soon as it is done; the bytes do not depend on how
 * often the work was broken off. @returns null where it was told to stop
 */
export async function scoreBatch(options: BatchOptions): Promise<BatchSummary | null> {
  try {
    return await scoreAll(options);
  } catch (error) {
    if (options.signal.aborted) return null; // an interrupted query fails
    throw error;
  }
}

async function scoreAll(options: BatchOptions): Promise<BatchSummary | null> {
  const { input, out, model, reasons, projectDir, threads } = options;
  const served = await readServedModel(model);
  const job = await BatchJob.open(out, { model: model.key, input: await inputDigest(input), reasons });
  using db = await DuckDb.open({ threads, memoryMb: MEMORY_MB, tempDir: job.path('spill') });
  const interrupt = (): void => db.interrupt();
  options.signal.addEventListener('abort', interrupt);
  using _listener = { [Symbol.dispose]: () => options.signal.removeEventListener('abort', interrupt) };
  using champion = await loadChampion(model.folder, { modelSha256: model.sha256, threads, projectDir });
  const scorer = { champion, words: new ScoreWords(served, null), version: model.version, reasons };
  if (reasons && served.reasons === null)
    options.onNote('no reasons: this version was registered without the digests of its catalogue and explanation reference');
  const done = new Set<number>();
  for (let index = 0; await job.has(partName(index)); index++) done.add(index);
  let parts = done.size;
  for await (const part of await partsOf(db, job, { options, served, wanted: (index) => !done.has(index) && !options.signal.aborted })) {
    if (options.signal.aborted) return null;
    await scorePart(db, scorer, part);
    await job.write(partName(part.index), (path) => db.copyToParquet('from scores order by SK_ID_CURR', path));
    parts = part.parts;
    options.onNote(`scored ${part.index + 1}/${part.parts}`);
  }
  if (options.signal.aborted) return null;
  const summary = await joinParts(job, { out, parts });
  await job.done();
  return { ...summary, resumed: done.size };
}

const partName = (index: number): string => `scores-${String(index).padStart(5, '0')}.parquet`;

interface PartsRequest {
  readonly options: BatchOptions;
  readonly served: ServedModel;
  readonly wanted: (index: number) => boolean;
}

/** The model's input of the input's applicants, some at a time. */
async function partsOf(db: DuckDb, job: BatchJob, { options, served, wanted }: PartsRequest): Promise<AsyncGenerator<FeaturePart>> {
  const { input, model, projectDir, threads, clientsAtOnce } = options;
  const { features } = served;
  if (!ARCHIVE.test(input) && !(await stat(input)).isDirectory() && !(await isForm(db, input))) {
    await readFeatureTable(db, input, features);
    return featureRows(db, { file: input, features, wanted });
  }
  if (!(await job.has('raw'))) {
    await job.write('raw', (folder) => readRawInput({ ...options, db, tempDir: job.path('spill'), folder, advice: ADVICE }).then(() => {}));
  }
  const paths = rawPaths(job.path('raw'));
  for (const name of TABLE_NAMES) await db.view(name, paths[name]);
  await requireUniqueClients(db);
  return featureParts(db, {
    paths,
    features,
    modelFolder: model.folder,
    projectDir,
    threads,
    ...(clientsAtOnce !== undefined && { clientsAtOnce }),
    wanted: (_part, index) => wanted(index),
  });
}

/** An application table by itself, to be told from a table of features. @throws SluiceError USAGE for a file that is neither */
async function isForm(db: DuckDb, file: string): Promise<boolean> {
  if (!/\.(parquet|csv|csv\.gz)$/i.test(file))
    throw new SluiceError('USAGE', `${file} is neither a folder nor a zip, Parquet or CSV file`, {
      hint: 'Name a folder of raw tables, or such a file.',
    });
  const columns = await fileColumns(db, file);
  return columns.includes('AMT_CREDIT') && columns.includes('NAME_CONTRACT_TYPE');
}

/** One file of all parts, written by one thread: its bytes depend on its rows alone. */
async function joinParts(
  job: BatchJob,
  { out, parts }: { readonly out: string; readonly parts: number },
): Promise<Omit<BatchSummary, 'resumed'>> {
  const temporary = `${out}.unfinished`;
  if (parts === 0) throw new SluiceError('DATA_TOO_SMALL', 'there is no applicant to score', { hint: 'The input has no rows.' });
  using db = await DuckDb.open({ threads: 1, memoryMb: MEMORY_MB, tempDir: job.path('spill') });
  const files = Array.from({ length: parts }, (_, index) => sqlString(job.path(partName(index))));
  await db.run(`create view scores as from read_parquet([${files.join(', ')}])`);
  const how = out.endsWith('.csv') ? 'format csv, header' : 'format parquet, compression zstd';
  await db.run(`copy (from scores order by SK_ID_CURR) to ${sqlString(temporary)} (${how})`);
  const summary = await db.one<{ applicants: number; refused: number }>(
    `select count(*) as applicants, count(*) filter (where decision = 'refuse') as refused from scores`,
  );
  await rename(temporary, out);
  return summary;
}
