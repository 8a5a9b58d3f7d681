import { didYouMean } from '../errors/close-match.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import { FileStore } from '../store/file-store.ts';
import type { Manifest, StoredArtifact } from '../store/manifest.ts';
import { ManifestStore } from '../store/manifest-store.ts';
import type { Project } from './project.ts';

/** Where an artifact lies in the store: a file, or for a directory a folder of hard links. */
export function storedPath(project: Project, artifact: StoredArtifact): string {
  const store = new FileStore(project.artifactsDir);
  return artifact.kind === 'directory' ? store.treePath(artifact.digest) : store.blobPath(artifact.digest, artifact.extension);
}

/**
 * Where the last good artifact of a port lies, for DuckDB or pandas to open.
 * @param name `stage.port`
 * @throws SluiceError USAGE for another form, ARTIFACT_MISSING when the stage has not run or has no such port
 */
export async function artifactPath(project: Project, name: string): Promise<string> {
  const [stage, port, ...rest] = name.split('.');
  if (stage === undefined || port === undefined || rest.length > 0) {
    throw new SluiceError('USAGE', `"${name}" is not of the form stage.port`, { hint: 'For example: sluice path train.model' });
  }
  const manifest = await new ManifestStore(project.artifactsDir).latest(stage);
  if (manifest === null) throw new SluiceError('ARTIFACT_MISSING', `stage "${stage}" has no good outputs yet`, { hint: `Make them: sluice run ${stage}` });
  return storedPath(project, portOf(manifest, port));
}

function portOf(manifest: Manifest, port: string): StoredArtifact {
  const artifact = manifest.outputs[port];
  if (artifact !== undefined) return artifact;
  const ports = Object.keys(manifest.outputs);
  throw new SluiceError('ARTIFACT_MISSING', `stage "${manifest.stage}" has no output "${port}".${didYouMean(port, ports)}`, { hint: `Its outputs are: ${ports.join(', ')}.` });
}
