import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { ColumnsPort } from '../../graph/port.ts';
import type { Stage } from '../../graph/stage.ts';
import { type Projection, ProjectionStore } from '../../store/projection-store.ts';
import { toStoreError } from '../../store/store-error.ts';
import { temporaryName } from '../../util/temporary-name.ts';
import type { Workspace } from '../project/workspace.ts';
import type { ProjectionOrder } from './write-projection.ts';

/** An input that takes some columns, and the table that it takes them of. */
export interface ColumnsInput {
  readonly stage: Stage;
  readonly input: string;
  readonly source: ColumnsPort;
  /** Digest of the whole table. */
  readonly table: string;
}

/**
 * Writes projections, all by one process: to start it and to load DuckDB takes ten times as long as to write a small one.
 * @returns one for each that is wanted, in that order
 * @throws SluiceError of the first that cannot be written; those before it are on record
 */
export async function makeProjections(
  workspace: Workspace,
  wanted: readonly ColumnsInput[],
  signal?: AbortSignal,
): Promise<readonly Projection[]> {
  const { project, store } = workspace;
  const dir = temporaryName(join(project.artifactsDir, 'staging', 'columns'));
  try {
    await mkdir(dir, { recursive: true });
    const orders = await Promise.all(wanted.map((each, index) => orderOf(workspace, each, { dir, index })));
    // Most runs find every projection on record.
    const { projectInChild } = await import('./project-in-child.ts');
    const made: Projection[] = [];
    for (const [index, answer] of (await projectInChild(project, orders, signal)).entries()) {
      const [order, each] = [orders[index], wanted[index]];
      if (order === undefined || each === undefined) break;
      if ('error' in answer) throw answer.error;
      const { extension } = each.source.port.spec;
      const placed = await store.putFile(order.target, extension);
      const projection: Projection = { kind: 'table', extension, ...placed, ...answer.written };
      await new ProjectionStore(project.artifactsDir).keep(each.table, projection);
      made.push(projection);
    }
    return made;
  } catch (error) {
    throw toStoreError(error, dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function orderOf(
  { store, stats }: Workspace,
  { stage, input, source, table }: ColumnsInput,
  { dir, index }: { readonly dir: string; readonly index: number },
): Promise<ProjectionOrder> {
  const { port, columns } = source;
  const from = `${port.stage}.${port.name}`;
  const whole = await store.verify({ ...port.spec, digest: table }, stats);
  if (!whole.ok) {
    throw new SluiceError('STORE_CORRUPT', `input "${input}" of stage "${stage.name}" (${from}) is damaged or gone`, {
      stage: stage.name,
      hint: `Run again: sluice run ${stage.name}. ${port.stage} will be made anew.`,
    });
  }
  return {
    table: whole.path,
    columns,
    target: join(dir, `columns${index}${port.spec.extension}`),
    tempDir: dir,
    input,
    stage: stage.name,
    from,
  };
}
