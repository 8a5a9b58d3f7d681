import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBody } from '../events/event.ts';
import type { ColumnsPort, InputMap } from '../graph/port.ts';
import type { OutputMap, ParamsSchema, SectionMap, Stage } from '../graph/stage.ts';
import type { StageBody, StageResult, TrackingTarget } from '../graph/stage-body.ts';
import { DuckDb } from '../native/duckdb/duckdb.ts';
import { createContext } from '../execute/context/create-context.ts';
import type { LocatedArtifact } from '../execute/context/inputs.ts';
import { writeProjection } from '../execute/projection/write-projection.ts';

export interface BodyRun<TOutputs> {
  readonly result: StageResult;
  /** Port to the path of what the body wrote. */
  readonly outputs: { readonly [K in keyof TOutputs]: string };
  readonly events: readonly EventBody[];
  /** The config keys that the body read. */
  readonly reads: readonly string[];
}

export interface BodyRunOptions {
  /** Input name to a path; for a folder source the folder, or null; null for an advisory input that is not there. */
  readonly inputs?: Readonly<Record<string, string | null>>;
  readonly params?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tracking?: TrackingTarget;
  readonly threads?: number;
  readonly memoryMb?: number;
}

/** Runs a stage's real body on files, in this process and without the engine: for tests beside the stage. */
export async function runBody<
  TInputs extends InputMap,
  TParams extends ParamsSchema,
  TSections extends SectionMap,
  TOutputs extends OutputMap,
>(
  stage: Stage<TInputs, TParams, TSections, TOutputs>,
  body: StageBody<Stage<TInputs, TParams, TSections, TOutputs>>,
  options: BodyRunOptions = {},
): Promise<BodyRun<TOutputs>> {
  const dir = await mkdtemp(join(tmpdir(), `sluice-${stage.name}-`));
  const [stagingDir, tempDir] = [join(dir, 'staging'), join(dir, 'temp')];
  await Promise.all([mkdir(stagingDir), mkdir(tempDir)]);
  const untyped: Stage = stage;
  const events: EventBody[] = [];
  const { context, outputs, reads } = createContext(
    untyped,
    {
      inputs: await locateInputs(untyped, options, tempDir),
      params: untyped.params.parse(options.params ?? {}),
      config: Object.fromEntries(
        Object.entries(untyped.sections).map(([name, schema]) => [name, schema.parse(options.config?.[name] ?? {})]),
      ),
      stagingDir,
      tempDir,
      threads: options.threads ?? 2,
      memoryMb: options.memoryMb ?? 1024,
      tracking: options.tracking ?? null,
      env: {},
      run: { id: 'test', fingerprint: '0'.repeat(64), gitCommit: null, gitDirty: false, projectDir: process.cwd() },
    },
    (event) => events.push(event),
    new AbortController().signal,
  );
  const result = await (body as (context: unknown) => Promise<StageResult>)(context);
  for (const output of Object.values(outputs)) await output.finish();
  const paths = Object.fromEntries(Object.entries(outputs).map(([name, { path }]) => [name, path]));
  return { result, outputs: paths as { [K in keyof TOutputs]: string }, events, reads: reads.paths() };
}

async function locateInputs(
  stage: Stage,
  { inputs: given = {}, config = {} }: BodyRunOptions,
  tempDir: string,
): Promise<Record<string, LocatedArtifact | { folder: string | null; files: Record<string, string>; digest: string } | null>> {
  const located: Record<string, LocatedArtifact | { folder: string | null; files: Record<string, string>; digest: string } | null> = {};
  for (const [name, declared] of Object.entries(stage.inputs)) {
    const path = given[name] ?? null;
    if (declared.type === 'folder') {
      const names = path === null ? [] : (await readdir(path)).filter((file) => declared.include(file, config)).toSorted();
      located[name] = { folder: path, files: Object.fromEntries(names.map((file) => [file, join(path ?? '', file)])), digest: 'test' };
    } else if (path === null) {
      located[name] = null;
    } else {
      const spec = declared.type === 'port' ? declared.spec : declared.port.spec;
      const shown = declared.type === 'columns' ? await projected(stage, name, declared, path) : path;
      located[name] = await locate(shown, spec.kind === 'table', tempDir);
    }
  }
  return located;
}

/** A body sees the columns that its declaration takes, as in a run. */
async function projected(stage: Stage, input: string, { port, columns }: ColumnsPort, table: string): Promise<string> {
  const tempDir = await mkdtemp(join(tmpdir(), 'sluice-columns-'));
  const target = join(tempDir, `${input}.parquet`);
  await writeProjection({ table, columns, target, tempDir, input, stage: stage.name, from: `${port.stage}.${port.name}` });
  return target;
}

async function locate(path: string, isTable: boolean, tempDir: string): Promise<LocatedArtifact> {
  const digest = (await stat(path)).isDirectory()
    ? 'directory'
    : createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
  if (!isTable) return { path, digest };
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  const columns = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', { path });
  const { n } = await db.one<{ n: number }>('select count(*) n from read_parquet($path)', { path });
  return { path, digest, rows: n, columns: Object.fromEntries(columns.map((column) => [column.column_name, column.column_type])) };
}

/** Writes a value as a JSON artifact for {@link runBody}'s inputs. */
export async function jsonArtifact(value: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-json-')), 'value.json');
  await writeFile(path, JSON.stringify(value));
  return path;
}

/** Writes a query's rows as a Parquet artifact for {@link runBody}'s inputs. */
export async function tableArtifact(query: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-table-'));
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: dir });
  const path = join(dir, 'table.parquet');
  await db.copyToParquet(query, path);
  return path;
}
