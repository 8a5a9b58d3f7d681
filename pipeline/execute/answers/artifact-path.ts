import { join } from 'node:path';
import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { StatCache } from '../../fingerprint/stat-cache.ts';
import { FileStore } from '../../store/file-store.ts';
import type { Manifest, StoredArtifact } from '../../store/manifest.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import type { Prover } from '../../store/store.ts';
import type { Project } from '../project/project.ts';

/** Where an artifact lies in the store: a file, or for a directory a folder of hard links. */
export function storedPath(project: Project, artifact: StoredArtifact): string {
  const store = new FileStore(project.artifactsDir);
  return artifact.kind === 'directory' ? store.treePath(artifact.digest) : store.blobPath(artifact.digest, artifact.extension);
}

export interface NamedArtifact {
  readonly stage: string;
  readonly port: string;
  /** Of the work that made it. */
  readonly fingerprint: string;
  readonly artifact: StoredArtifact;
}

/**
 * The last good artifact of a port.
 * @param name `stage.port`
 * @throws SluiceError USAGE for another form, ARTIFACT_MISSING when the stage has not run or has no such port
 */
export async function namedArtifact(project: Project, name: string): Promise<NamedArtifact> {
  const [stage, port, ...rest] = name.split('.');
  if (stage === undefined || port === undefined || rest.length > 0) {
    throw new SluiceError('USAGE', `"${name}" is not of the form stage.port`, { hint: 'For example: sluice path train.model' });
  }
  const manifest = await new ManifestStore(project.artifactsDir).latest(stage);
  if (manifest === null)
    throw new SluiceError('ARTIFACT_MISSING', `stage "${stage}" has no good outputs yet`, { hint: `Make them: sluice run ${stage}` });
  return { stage, port, fingerprint: manifest.fingerprint, artifact: portOf(manifest, port) };
}

/**
 * Where the last good artifact of a port lies, for DuckDB or pandas to open. Its bytes are proven.
 * @throws SluiceError as {@link namedArtifact}; STORE_CORRUPT for bytes that are not what was stored: they are set aside
 */
export async function artifactPath(project: Project, name: string): Promise<string> {
  const { stage, artifact } = await namedArtifact(project, name);
  const stats = await StatCache.open(join(project.cacheDir, 'stat-cache.json'));
  const path = await provenPath(project, { name, stage, artifact }, stats);
  await stats.save().catch(() => {}); // a cache that cannot be kept costs time only
  return path;
}

/** @throws SluiceError ARTIFACT_MISSING; STORE_CORRUPT, after the damaged blob was set aside */
export async function provenPath(
  project: Project,
  { name, stage, artifact }: { readonly name: string; readonly stage: string; readonly artifact: StoredArtifact },
  prover: Prover,
): Promise<string> {
  const store = new FileStore(project.artifactsDir);
  const found = await store.verify(artifact, prover);
  if (found.ok) return found.path;
  const hint = `Make it anew: sluice run ${stage}`;
  if (found.reason === 'missing') throw new SluiceError('ARTIFACT_MISSING', `${name} is no longer in the store`, { hint, stage });
  const aside = await store.quarantine(found.path).catch(() => null); // a read-only store still gets its answer
  throw new SluiceError(
    'STORE_CORRUPT',
    `${name} is not what was stored: its bytes have changed${aside === null ? '' : `, they are set aside at ${aside}`}`,
    { hint, stage },
  );
}

function portOf(manifest: Manifest, port: string): StoredArtifact {
  const artifact = manifest.outputs[port];
  if (artifact !== undefined) return artifact;
  const ports = Object.keys(manifest.outputs);
  throw new SluiceError('ARTIFACT_MISSING', `stage "${manifest.stage}" has no output "${port}".${didYouMean(port, ports)}`, {
    hint: `Its outputs are: ${ports.join(', ')}.`,
  });
}
