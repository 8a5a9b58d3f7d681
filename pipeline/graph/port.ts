import { SluiceError } from '../errors/sluice-error.ts';
import type { ArtifactSpec, ColumnSchema, TableSpec } from './artifact.ts';

/** One output of one stage: what an edge of the graph starts from. */
export interface Port<TSpec extends ArtifactSpec = ArtifactSpec> {
  readonly type: 'port';
  readonly stage: string;
  readonly name: string;
  readonly spec: TSpec;
}

/**
 * An input that does not block: when the stage behind it failed, was rejected or was blocked, the body gets `null`.
 * A gate's verdict read through `advisory` informs without holding back.
 */
export interface AdvisoryPort<TSpec extends ArtifactSpec = ArtifactSpec> {
  readonly type: 'advisory';
  readonly port: Port<TSpec>;
}

/**
 * Some columns of a table. The stage gets a Parquet file with these alone, in this order, and is fingerprinted by their
 * content: a change in other columns does not rerun it.
 */
export interface ColumnsPort<TSpec extends TableSpec = TableSpec> {
  readonly type: 'columns';
  readonly port: Port<TSpec>;
  readonly columns: readonly string[];
}

/** Files outside the graph, keyed by their content. `locate` reads the config; null means the source is not in use. */
export interface FolderSource {
  readonly type: 'folder';
  readonly locate: (config: Readonly<Record<string, unknown>>) => string | null;
  /** Which files count, by file name. */
  readonly include: (fileName: string, config: Readonly<Record<string, unknown>>) => boolean;
  /** For messages: which config key names the folder. */
  readonly key: string;
  /**
   * Called when a run is planned, before any stage, with the paths of the files that count; throws where one of them cannot be right, so
   * that nobody waits for a stage to learn it. What only the data can tell is left to the stage.
   */
  readonly check?: (files: readonly string[], config: Readonly<Record<string, unknown>>) => void;
}

export type StageInput = Port | AdvisoryPort | ColumnsPort | FolderSource;

/** Columns that a stage may ask of a table: those declared, and any where the table may hold more than it declares. */
type ColumnOf<TSpec> =
  TSpec extends TableSpec<infer TColumns, infer TOpen>
    ? false extends TOpen
      ? ColumnSchema extends TColumns
        ? string
        : keyof TColumns & string
      : string
    : never;

export type InputMap = Readonly<Record<string, StageInput>>;

export function advisory<TSpec extends ArtifactSpec>(port: Port<TSpec>): AdvisoryPort<TSpec> {
  return { type: 'advisory', port };
}

/**
 * Takes only some columns of a table.
 * @throws SluiceError GRAPH_LOAD for no columns, or one named twice; that each exists is checked by definePipeline, and at run time for a table that is open
 */
export function columns<TSpec extends TableSpec>(port: Port<TSpec>, names: readonly ColumnOf<TSpec>[]): ColumnsPort<TSpec> {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (names.length === 0 || twice !== undefined) {
    const wrong = twice === undefined ? 'no column' : `column "${twice}" twice`;
    throw new SluiceError('GRAPH_LOAD', `columns(${port.stage}.out.${port.name}, …) names ${wrong}`, {
      hint: 'Name each column that the stage reads once.',
    });
  }
  return { type: 'columns', port, columns: names };
}

export function folderSource(source: Omit<FolderSource, 'type'>): FolderSource {
  return { type: 'folder', ...source };
}
