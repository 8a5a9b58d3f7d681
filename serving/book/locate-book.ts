import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type CommandContext, isSluiceError, sha256File, StatCache } from '../../pipeline/index.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import { inputDigest } from '../batch/batch-job.ts';
import { rawPaths } from '../batch/raw-input.ts';
import type { ModelRef } from '../scorer/worker/model-requests.ts';
import type { BookSource, PrepareOrder } from './prepare/prepare-order.ts';

type Located = Awaited<ReturnType<CommandContext['artifact']>>;

export interface LocateOptions {
  readonly artifact: CommandContext['artifact'];
  readonly servingDir: string;
  readonly projectDir: string;
  readonly threads: number;
  readonly model: ModelRef;
  /** Raw tables of other applicants than the store's. */
  readonly folder: string | null;
  /** Share of the rows of a table there that may be set aside. */
  readonly rejectTolerance: number;
}

/** Where raw tables come from, and what tells them from others. */
interface Tables extends Pick<PrepareOrder, 'raw' | 'rejects' | 'source'> {
  readonly digests: readonly string[];
}

/**
 * What a book and an index are made of: the store's last good raw tables, or those of a folder; and whom to compare with: the store's holdout,
 * or everybody in the folder whose outcome is known and whom the model has not learnt from. Null where the store has no tables.
 * @throws SluiceError SOURCE_MISSING for a folder that is not there
 */
export async function locateBook({ artifact, folder, rejectTolerance, ...options }: LocateOptions): Promise<PrepareOrder | null> {
  const { servingDir, projectDir, threads, model } = options;
  const find = async (port: string): Promise<Located | null> =>
    artifact(port).catch((error: unknown) => {
      if (isSluiceError(error) && error.code === 'ARTIFACT_MISSING') return null;
      throw error;
    });
  const tables = folder === null ? await ofStore(find) : await ofFolder({ folder, rejectTolerance }, servingDir);
  if (tables === null) return null;
  const { raw, rejects, source, digests } = tables;
  const [holdout, development, trained] = [await find('encode.holdout'), await find('encode.development'), await find('train.model')];
  const compared = [holdout, development].map((located) => located?.sha256 ?? 'none');
  return {
    projectDir,
    threads,
    raw,
    rejects,
    source,
    ...(folder === null
      ? { outcomes: holdout?.path ?? null, learntFrom: null, usual: development?.path ?? null }
      : // Who knows whom the model has learnt from, without that?
        { outcomes: development === null ? null : raw.application_train, learntFrom: development?.path ?? null, usual: null }),
    sameRun: trained?.sha256 === model.sha256,
    model,
    bookDir: join(servingDir, 'books', digestOf([BOOK_FORMAT, ...digests])),
    indexDir: join(servingDir, 'indexes', digestOf([INDEX_FORMAT, model.key, ...digests, ...compared])),
  };
}

async function ofStore(find: (port: string) => Promise<Located | null>): Promise<Tables | null> {
  const found = new Map<TableName, Located>();
  for (const name of TABLE_NAMES) {
    const table = await find(`ingest.${name}`);
    if (table === null) return null;
    found.set(name, table);
  }
  const rejects = await find('ingest.rejects');
  return {
    raw: perTable((name) => found.get(name)?.path ?? ''),
    rejects: rejects?.path ?? null,
    source: null,
    digests: [...[...found].map(([name, { sha256 }]) => `${name} ${sha256}`), `rejects ${rejects?.sha256 ?? 'unknown'}`],
  };
}

async function ofFolder({ folder, rejectTolerance }: Pick<BookSource, 'folder' | 'rejectTolerance'>, servingDir: string): Promise<Tables> {
  // Gigabytes are read again only where a file has changed.
  const stats = await StatCache.open(join(servingDir, 'tables', 'digests.json'));
  const files = await inputDigest(folder, async (file) => (await stats.digest(file)) ?? (await sha256File(file)));
  // What one tolerance lets through another refuses.
  const digest = rejectTolerance === 0 ? files : digestOf([files, `tolerance ${rejectTolerance}`]);
  await stats.save();
  const tablesDir = join(servingDir, 'tables', digest.slice(0, 32));
  return { raw: rawPaths(tablesDir), rejects: null, source: { folder, tablesDir, rejectTolerance }, digests: [`folder ${digest}`] };
}

/** Change when the files of a book or an index would be other ones. */
const BOOK_FORMAT = 'book/4';
const INDEX_FORMAT = 'index/2';

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
