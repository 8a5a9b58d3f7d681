import { basename, join } from 'node:path';
import { SluiceError } from '../../../pipeline/index.ts';
import type { TableName } from '../../tables/table-names.ts';
import type { RawFile } from '../raw-file.ts';
import { readZip } from './read-zip.ts';
import type { ZipEntry } from './zip-entry.ts';

export interface Packed {
  readonly files: ReadonlyMap<TableName, RawFile>;
  /** Entries that are zip archives themselves, as `archive.zip/bureau.csv.zip`: not looked into. */
  readonly packedTwice: readonly string[];
}

/**
 * Tables inside the zip archives of a folder: Kaggle delivers one with all of them, or one a table.
 * @param stems file names without extension and the table they hold
 * @throws SluiceError DATA_MALFORMED for an archive that cannot be read, or a table that is packed twice
 */
export async function findPacked(folder: string, names: readonly string[], stems: Readonly<Record<string, TableName>>): Promise<Packed> {
  const files = new Map<TableName, RawFile>();
  const packedTwice: string[] = [];
  for (const archive of names.filter((name) => /\.zip$/i.test(name))) {
    for (const entry of await entriesOf(join(folder, archive))) {
      const name = `${archive}/${entry.name}`;
      if (/\.csv\.zip$/i.test(entry.name)) packedTwice.push(name);
      const stem = basename(entry.name).replace(/\.csv$/, '');
      const table = entry.name.endsWith('.csv') && Object.hasOwn(stems, stem) ? stems[stem] : undefined;
      if (table === undefined) continue;
      const other = files.get(table);
      if (other !== undefined) {
        throw new SluiceError('DATA_MALFORMED', `${folder} has 2 files for ${table}: ${other.name}, ${name}`, {
          hint: 'Leave one of them in the folder.',
          at: { file: entry.archive },
        });
      }
      files.set(table, { table, name, path: entry.archive, format: 'csv', entry });
    }
  }
  return { files, packedTwice };
}

/** What an archive holds, without resource forks of a Mac: same names, no tables. @throws SluiceError DATA_MALFORMED */
export async function entriesOf(archive: string): Promise<readonly ZipEntry[]> {
  return (await readZip(archive)).filter(({ name }) => !name.startsWith('__MACOSX/'));
}
