import { lstatSync, type Stats } from 'node:fs';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Digest } from '../../fingerprint/digest.ts';
import type { TableSpec } from '../../graph/artifact.ts';
import type { StoredArtifact } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import type { OpenOutput } from '../context/outputs.ts';
import type { PortShape, StageShape } from '../context/stage-shape.ts';
import type { StagedArtifact } from './child-protocol.ts';
import type { ParquetDescription } from './describe-parquet.ts';

export interface StoreOptions {
  readonly artifactsDir: string;
  readonly tempDir: string;
  readonly schemaDigests: Readonly<Record<string, Digest>>;
}

/** Up to this size the parent hashes and places a file. */
const SMALL_BYTES = 1 << 20;

/** Checks what a body wrote against what its stage declares, and moves it into the store, or leaves that to the parent. Nothing is good before the parent commits. */
export async function storeOutputs(
  stage: StageShape,
  outputs: Readonly<Record<string, OpenOutput>>,
  { artifactsDir, tempDir, schemaDigests }: StoreOptions,
): Promise<Record<string, StoredArtifact | StagedArtifact>> {
  const stored: Record<string, StoredArtifact | StagedArtifact> = {};
  for (const [port, output] of Object.entries(outputs)) {
    const spec = stage.outputs[port];
    const schemaDigest = schemaDigests[port];
    if (spec === undefined || schemaDigest === undefined) continue;
    await output.finish();
    const found = requireWritten(stage, port, output.path);
    const table = spec.kind === 'table' ? checkTable(stage, port, spec, await tableOf(output.path, tempDir)) : {};
    const described = { ...describeSpec(spec), schemaDigest, ...table };
    if (spec.kind === 'directory') stored[port] = { ...described, ...(await (await openStore(artifactsDir)).putDirectory(output.path)) };
    else if (found.isFile() && found.size <= SMALL_BYTES) stored[port] = { ...described, staged: output.path };
    else stored[port] = { ...described, ...(await (await openStore(artifactsDir)).putFile(output.path, spec.extension)) };
  }
  return stored;
}

function describeSpec(spec: PortShape): Pick<StoredArtifact, 'kind' | 'mediaType' | 'extension'> {
  return { kind: spec.kind, mediaType: spec.mediaType, extension: spec.extension };
}

/** Loaded only for what is large: a child with small outputs starts without streams and hashes. */
async function openStore(artifactsDir: string): Promise<Store> {
  return new (await import('../../store/file-store.ts')).FileStore(artifactsDir);
}

async function tableOf(path: string, tempDir: string): Promise<ParquetDescription> {
  return (await import('./describe-parquet.ts')).describeParquet(path, tempDir);
}

function requireWritten(stage: StageShape, port: string, path: string): Stats {
  try {
    return lstatSync(path);
  } catch (error) {
    throw new SluiceError('ARTIFACT_MISSING', `stage "${stage.name}" ended without writing its output "${port}"`, {
      hint: `Write it to outputs.${port}, or drop it from the declaration.`,
      stage: stage.name,
      cause: error,
    });
  }
}

function checkTable(stage: StageShape, port: string, spec: TableSpec, found: ParquetDescription): ParquetDescription {
  const wrong = Object.entries(spec.columns).find(([column, type]) => found.columns[column] !== type);
  if (wrong !== undefined) {
    const [column, type] = wrong;
    throw new SluiceError(
      'ARTIFACT_SCHEMA',
      `output "${port}" of stage "${stage.name}": column "${column}" is ${found.columns[column] ?? 'missing'}, declared ${type}`,
      { stage: stage.name },
    );
  }
  const extra = Object.keys(found.columns).find((column) => !(column in spec.columns));
  if (extra !== undefined && !spec.open) {
    throw new SluiceError('ARTIFACT_SCHEMA', `output "${port}" of stage "${stage.name}" has a column "${extra}" that is not declared`, {
      stage: stage.name,
    });
  }
  return found;
}
