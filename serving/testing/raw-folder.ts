import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import type { ServedWorld } from './served-world.ts';

/** A folder of the world's raw tables under their own names, as somebody would hand it in. */
export async function rawFolder(world: ServedWorld, tables: readonly TableName[] = TABLE_NAMES): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-raw-'));
  for (const name of tables) await symlink((await world.artifact(`ingest.${name}`)).path, join(folder, `${name}.parquet`));
  return folder;
}
