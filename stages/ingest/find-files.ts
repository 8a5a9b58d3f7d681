import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { didYouMean, SluiceError, type StageLog } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import type { RawFile } from './raw-file.ts';
import { entriesOf, findPacked, type Packed } from './zip/find-packed.ts';

const EXTENSIONS = { csv: ['.csv', '.csv.gz'], parquet: ['.parquet'] } as const;

export interface FindOptions {
  readonly kind: 'csv' | 'parquet';
  /** Other file names, without extension, and the table they hold. */
  readonly aliases: Readonly<Record<string, TableName>>;
  readonly log: StageLog;
  /** A folder with application_test alone will do: what is only scored needs no labels. */
  readonly unlabelled?: boolean;
}

/**
 * Finds the file of each table in a folder, or in a zip archive that lies there; a file beside an archive comes before the one
 * inside. A table that is not there maps to null, with a warning. Other files are left alone.
 * @throws SluiceError SOURCE_MISSING, DATA_MISSING_TABLE without application_train, DATA_MALFORMED for two files of one table
 */
export async function findFiles(folder: string | null, options: FindOptions): Promise<ReadonlyMap<TableName, RawFile | null>> {
  const { kind } = options;
  const there = await listFolder(folder, kind);
  const found = new Map<TableName, RawFile | null>();
  for (const table of TABLE_NAMES) {
    const name = pick(table, there, options);
    found.set(table, name === null ? null : await fileOf({ table, name, path: join(there.folder, name), format: kind }));
  }
  const packed =
    kind === 'csv' && [...found.values()].includes(null) ? await findPacked(there.folder, there.names, stemsOf(options)) : NONE;
  for (const [table, file] of packed.files) if (found.get(table) === null) found.set(table, file);
  return accepted(found, packed, { there, options });
}

/**
 * The same of a zip archive by itself, of CSV: what lies beside it is no matter.
 * @throws SluiceError DATA_MISSING_TABLE without a form, DATA_MALFORMED for an archive that cannot be read, or a table that is packed twice
 */
export async function findInArchive(archive: string, options: Omit<FindOptions, 'kind'>): Promise<ReadonlyMap<TableName, RawFile | null>> {
  const [folder, name] = [dirname(archive), basename(archive)];
  const packed = await findPacked(folder, [name], stemsOf(options));
  const names = (await entriesOf(archive)).map((entry) => basename(entry.name)).toSorted();
  const found = new Map(TABLE_NAMES.map((table) => [table, packed.files.get(table) ?? null]));
  return accepted(found, packed, { there: { folder: archive, names, archive: true }, options: { ...options, kind: 'csv' } });
}

/** @throws SluiceError DATA_MISSING_TABLE */
function accepted(
  found: ReadonlyMap<TableName, RawFile | null>,
  packed: Packed,
  { there, options }: { readonly there: Listing; readonly options: FindOptions },
): ReadonlyMap<TableName, RawFile | null> {
  const unlabelled = options.unlabelled === true && found.get('application_test') !== null;
  if (found.get('application_train') === null && !unlabelled) throw noApplication(there, options, packed);
  // One form will do for what is only scored.
  const wanted = options.unlabelled === true ? TABLE_NAMES.filter((table) => !table.startsWith('application_')) : TABLE_NAMES;
  const missing = wanted.filter((table) => found.get(table) === null);
  if (missing.length > 0) options.log.warn(missingText(missing, there, { kind: options.kind, packed }));
  return found;
}

const NONE: Packed = { files: new Map(), packedTwice: [] };

const stemsOf = ({ aliases }: Pick<FindOptions, 'aliases'>): Readonly<Record<string, TableName>> => ({
  ...aliases,
  ...Object.fromEntries(TABLE_NAMES.map((table) => [table, table])),
});

function missingText(
  missing: readonly TableName[],
  { folder, names }: Listing,
  { kind, packed }: { readonly kind: 'csv' | 'parquet'; readonly packed: Packed },
): string {
  const nearest = missing.map((table) => nearestFile(table, names, kind)).join('');
  const still = [...missing.flatMap((table) => packedFile(table, names) ?? []), ...packed.packedTwice];
  const unpack = still.length === 0 ? '' : ` Unpack ${still.join(', ')} first if ${still.length === 1 ? 'it' : 'they'} should be read.`;
  const feeding = missing.filter((table) => table !== 'application_test').length;
  const effects = [
    ...(feeding === 0 ? [] : [`the features that need ${feeding === 1 ? 'it' : 'them'} will be null`]),
    ...(feeding === missing.length ? [] : ['without application_test, drift has nothing to compare']),
  ];
  return `${folder} has no ${missing.join(', ')}: ${effects.join('; ')}.${nearest}${unpack}`;
}

/** @throws SluiceError DATA_MALFORMED for a folder of that name: some programs unpack bureau.csv.zip into one */
async function fileOf(file: RawFile): Promise<RawFile> {
  const info = await stat(file.path).catch(() => null);
  if (info !== null && !info.isDirectory()) return file;
  throw new SluiceError('DATA_MALFORMED', `${file.name} is ${info === null ? 'a link to nothing' : 'a folder and not a file'}`, {
    hint: `Put the file itself there, or take ${file.name} away if the source has no ${file.table}.`,
    at: { file: file.path },
  });
}

interface Listing {
  /** Or archive. */
  readonly folder: string;
  readonly names: readonly string[];
  /** Nothing but plain CSV is read out of one. */
  readonly archive?: boolean;
}

async function listFolder(folder: string | null, kind: string): Promise<Listing> {
  const hint = 'Name the folder that holds application_train: make run DATA=…, or sluice run -S source.kind=csv -S source.dir=…';
  if (folder === null) throw new SluiceError('SOURCE_MISSING', `source.kind is ${kind} and source.dir is not set`, { hint });
  const info = await stat(folder).catch(() => null);
  if (info === null) throw new SluiceError('SOURCE_MISSING', `the folder ${folder} (source.dir) does not exist`, { hint });
  if (!info.isDirectory()) throw new SluiceError('SOURCE_MISSING', `${folder} (source.dir) is not a folder`, { hint });
  return { folder, names: (await readdir(folder)).toSorted() };
}

function pick(table: TableName, { folder, names }: Listing, { kind, aliases, log }: FindOptions): string | null {
  const stems = [table, ...Object.keys(aliases).filter((alias) => aliases[alias] === table)];
  const files = stems.flatMap((stem) => EXTENSIONS[kind].map((extension) => stem + extension)).filter((file) => names.includes(file));
  const [first, second] = files;
  if (first !== undefined && second !== undefined) {
    throw new SluiceError('DATA_MALFORMED', `${folder} has ${files.length} files for ${table}: ${files.join(', ')}`, {
      hint: 'Leave one of them in the folder.',
      at: { file: join(folder, second) },
    });
  }
  if (first === undefined || first.startsWith(`${table}.${kind}`)) return first ?? null;
  const partial = /partial/i.test(first) ? ' It says that it is partial: counts and sums per client are too low, ratios can be used.' : '';
  log.warn(`${table} is read from ${first} (params.ingest.aliases).${partial}`);
  return first;
}

/** A file that holds the table but must be unpacked first. */
function packedFile(table: TableName, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(`${table}.`) && /\.(?:7z|bz2|xz|zst|tar|tgz)$/.test(name));
}

function noApplication(
  { folder, names, archive = false }: Listing,
  { kind, unlabelled = false }: FindOptions,
  { packedTwice }: Packed,
): SluiceError {
  const forms = ['application_train', ...(unlabelled ? ['application_test'] : [])];
  const wanted = forms.flatMap((form) => (archive ? ['.csv'] : EXTENSIONS[kind]).map((extension) => form + extension));
  const shown =
    names.length === 0
      ? 'it is empty'
      : `it has ${names.slice(0, 12).join(', ')}${names.length > 12 ? `, … (${names.length} entries)` : ''}`;
  const other = kind === 'csv' ? 'parquet' : 'csv';
  const hasOther = EXTENSIONS[other].some((extension) => forms.some((form) => names.includes(form + extension)));
  const packed = packedFile('application_train', names) ?? packedTwice.find((name) => name.includes('application_train'));
  return new SluiceError(
    'DATA_MISSING_TABLE',
    `${folder} has no ${wanted.join(' or ')}: ${shown}.${nearestFile('application_train', names, kind)}`,
    {
      hint: hasOther
        ? archive
          ? 'It has the forms as Parquet, which is not read out of an archive: unpack it, and name the folder.'
          : `It has the table as ${other}: -S source.kind=${other}`
        : packed === undefined
          ? `Rename the file${unlabelled ? ' that has the forms.' : ', or name its stem in params.ingest.aliases.'}`
          : `Unpack ${packed} first.`,
      at: { file: folder },
    },
  );
}

function nearestFile(table: TableName, names: readonly string[], kind: 'csv' | 'parquet'): string {
  const known = new Set(TABLE_NAMES.flatMap((name) => EXTENSIONS[kind].map((extension) => name + extension)));
  const stems = new Map(
    names
      .filter((name) => !known.has(name))
      .flatMap((name) =>
        EXTENSIONS[kind]
          .filter((extension) => name.endsWith(extension))
          .map((extension): [string, string] => [name.slice(0, -extension.length), name]),
      ),
  );
  const match = /"(.+)"/.exec(didYouMean(table, stems.keys()))?.[1];
  return match === undefined ? '' : ` Did you mean "${stems.get(match) ?? match}"?`;
}
