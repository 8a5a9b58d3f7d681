import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type CommandContext, isSluiceError } from '../../pipeline/index.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import type { ModelRef } from '../scorer/worker/model-requests.ts';
import type { PrepareOrder } from './prepare/prepare-order.ts';

type Located = Awaited<ReturnType<CommandContext['artifact']>>;

export interface LocateOptions {
  readonly artifact: CommandContext['artifact'];
  readonly servingDir: string;
  readonly projectDir: string;
  readonly threads: number;
  readonly model: ModelRef;
}

/** What a book and an index are made of: the store's last good raw tables and holdout. Null where the store has no tables. */
export async function locateBook({ artifact, servingDir, projectDir, threads, model }: LocateOptions): Promise<PrepareOrder | null> {
  const find = async (port: string): Promise<Located | null> =>
    artifact(port).catch((error: unknown) => {
      if (isSluiceError(error) && error.code === 'ARTIFACT_MISSING') return null;
      throw error;
    });
  const found = new Map<TableName, Located>();
  for (const name of TABLE_NAMES) {
    const table = await find(`ingest.${name}`);
    if (table === null) return null;
    found.set(name, table);
  }
  const [holdout, development, trained] = [await find('encode.holdout'), await find('encode.development'), await find('train.model')];
  const tables = [...found].map(([name, { sha256 }]) => `${name} ${sha256}`);
  const compared = [holdout, development].map((located) => located?.sha256 ?? 'none');
  return {
    projectDir,
    threads,
    raw: perTable((name) => found.get(name)?.path ?? ''),
    holdout: holdout?.path ?? null,
    development: development?.path ?? null,
    sameRun: trained?.sha256 === model.sha256,
    model,
    bookDir: join(servingDir, 'books', digestOf(tables)),
    indexDir: join(servingDir, 'indexes', digestOf([INDEX_FORMAT, model.key, ...tables, ...compared])),
  };
}

/** Changes when the files of an index would be other ones. */
const INDEX_FORMAT = 'index/2';

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
