import { SluiceError } from '../../errors/sluice-error.ts';
import type { Stage } from '../../graph/stage.ts';
import type { Manifest } from '../../store/manifest.ts';
import { type Projection, ProjectionStore } from '../../store/projection-store.ts';
import type { Workspace } from '../project/workspace.ts';
import { type ColumnsInput, makeProjections } from './make-projections.ts';

/** Projections that are being written ahead, by the file of their record; each gives null where that failed. */
const underWay = new WeakMap<Workspace, Map<string, Promise<Projection | null>>>();

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
  const wanted = Object.entries(stage.inputs).flatMap(([input, source]): ColumnsInput[] => {
    const table = digests[input] ?? null;
    return source.type === 'columns' && table !== null ? [{ stage, input, source, table }] : [];
  });
  const found = await findProjections(workspace, wanted);
  return { ...digests, ...Object.fromEntries(wanted.map(({ input }, index) => [input, found[index]?.digest ?? null])) };
}

/** Those on record, the others made now. Their bytes are not proven: whoever reads them does. */
async function findProjections(workspace: Workspace, wanted: readonly ColumnsInput[]): Promise<readonly Projection[]> {
  const store = new ProjectionStore(workspace.project.artifactsDir);
  const found = await Promise.all(
    wanted.map(async ({ table, source }) => {
      const ahead = underWay.get(workspace)?.get(store.path(table, source.columns));
      return (await ahead) ?? (await store.find(table, source.columns));
    }),
  );
  const missing = wanted.filter((_, index) => found[index] === null);
  const made = missing.length === 0 ? [] : await makeProjections(workspace, missing);
  return wanted.flatMap((each, index) => found[index] ?? made[missing.indexOf(each)] ?? []);
}

/**
 * Begins to write what later stages will take of a table that has just been committed, while others still compute. A stage that comes to its
 * turn meanwhile waits for it; what fails here is tried again by the stage that needs it, which then says so in its own name.
 */
export function projectAhead(
  workspace: Workspace,
  { stages, manifest, signal }: { readonly stages: readonly Stage[]; readonly manifest: Manifest; readonly signal: AbortSignal },
): void {
  if (!Object.values(manifest.outputs).some(({ kind }) => kind === 'table')) return; // most have none, and there may be a thousand stages
  const store = new ProjectionStore(workspace.project.artifactsDir);
  const wanted = new Map<string, ColumnsInput>();
  for (const stage of stages) {
    for (const [input, source] of Object.entries(stage.inputs)) {
      if (source.type !== 'columns' || source.port.stage !== manifest.stage) continue;
      const table = manifest.outputs[source.port.name]?.digest;
      if (table !== undefined) wanted.set(store.path(table, source.columns), { stage, input, source, table });
    }
  }
  if (wanted.size === 0) return;
  const all = writeMissing(workspace, wanted, signal).catch(() => new Map<string, Projection>());
  const begun = underWay.get(workspace) ?? new Map<string, Promise<Projection | null>>();
  underWay.set(workspace, begun);
  for (const path of wanted.keys())
    begun.set(
      path,
      all.then((made) => made.get(path) ?? null),
    );
}

/** Waits for what is being written ahead: nobody writes on behind the back of a run that has ended. */
export async function projectionsWritten(workspace: Workspace): Promise<void> {
  for (const one of underWay.get(workspace)?.values() ?? []) await one;
  underWay.delete(workspace);
}

async function writeMissing(
  workspace: Workspace,
  wanted: ReadonlyMap<string, ColumnsInput>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Projection>> {
  const store = new ProjectionStore(workspace.project.artifactsDir);
  const found = new Map<string, Projection>();
  for (const [path, { table, source }] of wanted) {
    const projection = await store.find(table, source.columns);
    if (projection !== null) found.set(path, projection);
  }
  const missing = [...wanted].filter(([path]) => !found.has(path));
  const inputs = missing.map(([, each]) => each);
  const made = missing.length === 0 ? [] : await makeProjections(workspace, inputs, signal);
  return new Map([...found, ...missing.flatMap(([path], index) => (made[index] === undefined ? [] : [[path, made[index]] as const]))]);
}

/** Proves a projection and says where it lies; one that is damaged or gone is made anew of the table. */
export async function locateProjection(
  workspace: Workspace,
  wanted: ColumnsInput,
  onDamage: (path: string, digest: string) => void,
): Promise<Projection & { readonly path: string }> {
  const { store, stats } = workspace;
  for (const known of await findProjections(workspace, [wanted])) {
    const found = await store.verify(known, stats);
    if (found.ok) return { ...known, path: found.path };
    const aside = found.reason === 'corrupt' ? await store.quarantine(found.path) : null;
    if (aside !== null) onDamage(aside, known.digest);
  }
  const [made] = await makeProjections(workspace, [wanted]);
  if (made === undefined) throw new SluiceError('INTERNAL', `no columns of ${wanted.source.port.stage} were written`);
  return { ...made, path: store.blobPath(made.digest, made.extension) };
}
