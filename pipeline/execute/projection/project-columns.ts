import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { ColumnsPort } from '../../graph/port.ts';
import type { Stage } from '../../graph/stage.ts';
import { type Projection, ProjectionStore } from '../../store/projection-store.ts';
import { toStoreError } from '../../store/store-error.ts';
import { temporaryName } from '../../util/temporary-name.ts';
import type { Workspace } from '../project/workspace.ts';

/** An input that takes some columns, and the table that it takes them of. */
export interface ColumnsInput {
  readonly stage: Stage;
  readonly input: string;
  readonly source: ColumnsPort;
  /** Digest of the whole table. */
  readonly table: string;
}

/**
 * What the fingerprint of a stage sees of its inputs: the digest of the columns where it takes only some.
 * @param digests digest of each port that the stage takes; null for an advisory one that is not there
 * @throws SluiceError ARTIFACT_SCHEMA for a column that is not there; STORE_CORRUPT for a table that is damaged or gone
 */
export async function projectInputs(
  workspace: Workspace,
  stage: Stage,
  digests: Readonly<Record<string, string | null>>,
): Promise<Readonly<Record<string, string | null>>> {
  const projected: Record<string, string | null> = { ...digests };
  for (const [input, source] of Object.entries(stage.inputs)) {
    const table = digests[input] ?? null;
    if (source.type === 'columns' && table !== null)
      projected[input] = (await findProjection(workspace, { stage, input, source, table })).digest;
  }
  return projected;
}

/** The projection on record, else made now. Its bytes are not proven: whoever reads them does. */
async function findProjection(workspace: Workspace, wanted: ColumnsInput): Promise<Projection> {
  const { artifactsDir } = workspace.project;
  return (await new ProjectionStore(artifactsDir).find(wanted.table, wanted.source.columns)) ?? makeProjection(workspace, wanted);
}

/** Proves a projection and says where it lies; one that is damaged or gone is made anew of the table. */
export async function locateProjection(
  workspace: Workspace,
  wanted: ColumnsInput,
  onDamage: (path: string, digest: string) => void,
): Promise<Projection & { readonly path: string }> {
  const { store, stats } = workspace;
  const known = await findProjection(workspace, wanted);
  const found = await store.verify(known, stats);
  if (found.ok) return { ...known, path: found.path };
  const aside = found.reason === 'corrupt' ? await store.quarantine(found.path) : null;
  if (aside !== null) onDamage(aside, known.digest);
  const made = await makeProjection(workspace, wanted);
  return { ...made, path: store.blobPath(made.digest, made.extension) };
}

async function makeProjection({ project, store, stats }: Workspace, { stage, input, source, table }: ColumnsInput): Promise<Projection> {
  const { port, columns } = source;
  const from = `${port.stage}.${port.name}`;
  const whole = await store.verify({ ...port.spec, digest: table }, stats);
  if (!whole.ok) {
    throw new SluiceError('STORE_CORRUPT', `input "${input}" of stage "${stage.name}" (${from}) is damaged or gone`, {
      stage: stage.name,
      hint: `Run again: sluice run ${stage.name}. ${port.stage} will be made anew.`,
    });
  }
  const dir = temporaryName(join(project.artifactsDir, 'staging', 'columns'));
  try {
    await mkdir(dir, { recursive: true });
    // Most runs find every projection on record.
    const { projectInChild } = await import('./project-in-child.ts');
    const target = join(dir, `columns${port.spec.extension}`);
    const { rows, columns: types } = await projectInChild(project, {
      table: whole.path,
      columns,
      target,
      tempDir: dir,
      input,
      stage: stage.name,
      from,
    });
    const placed = await store.putFile(target, port.spec.extension);
    const projection: Projection = { kind: 'table', extension: port.spec.extension, ...placed, rows, columns: types };
    await new ProjectionStore(project.artifactsDir).keep(table, projection);
    return projection;
  } catch (error) {
    throw toStoreError(error, dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
