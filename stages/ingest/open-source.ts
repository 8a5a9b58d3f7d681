import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever, type DuckDb, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { findFiles } from './find-files.ts';
import type { RawFile } from './raw-file.ts';
import type { ingest } from './stage.ts';

type Context = Parameters<StageBody<typeof ingest>>[0];

/** The files that the configured source has, made first where they are synthetic. */
export async function openSource({ db, context }: { readonly db: DuckDb; readonly context: Context }): Promise<ReadonlyMap<TableName, RawFile | null>> {
  const { kind } = context.config.source;
  switch (kind) {
    case 'synthetic':
      return makeSynthetic(db, context);
    case 'csv':
    case 'parquet':
      // The folder comes as an input, keyed by content: reading source.dir would key its path as well.
      return findFiles(context.inputs.raw.folder ?? context.config.source.dir, { kind, aliases: { ...context.params.aliases }, log: context.log });
    default:
      return assertNever(kind);
  }
}

async function makeSynthetic(db: DuckDb, { config, tempDir, progress }: Context): Promise<ReadonlyMap<TableName, RawFile>> {
  const { scale, seed } = config.source;
  const { generateSynthetic } = await import('./synthetic/generate-synthetic.ts');
  const outDir = join(tempDir, 'synthetic');
  await mkdir(outDir, { recursive: true });
  const paths = await generateSynthetic({ db, scale, seed, outDir, progress });
  return new Map(TABLE_NAMES.map((table) => [table, { table, name: `${table}.parquet`, path: paths[table], format: 'parquet' }]));
}
