import { DuckDb, type SqlRow } from '../../../pipeline/index.ts';
import { type BodyRun, runBody } from '../../../pipeline/testing/run-body.ts';
import run from '../run.ts';
import { ingest } from '../stage.ts';
import { csvFolder } from './csv-folder.ts';

type Done = BodyRun<typeof ingest.outputs>;

/** Runs the stage on a folder of CSV. */
export const ingestFolder = (raw: string, params: object = {}, threads = 2): Promise<Done> =>
  runBody(ingest, run, { inputs: { raw }, config: { source: { kind: 'csv', dir: raw } }, params, threads });

/** Runs the stage on files in a temporary folder. */
export const ingestFiles = async (files: Readonly<Record<string, string | Buffer>>, params: object = {}): Promise<Done> =>
  ingestFolder(await csvFolder(files), params);

export const warnings = (done: Done): string[] =>
  done.events.flatMap((event) => (event.type === 'stage.log' && event.level === 'warn' ? [event.message] : []));

/** @param path Parquet, which the query reads as `t` */
export async function query(sql: string, path: string): Promise<SqlRow[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: '/tmp' });
  await db.view('t', path);
  return await db.all(sql);
}
