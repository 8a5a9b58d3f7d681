import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { downloadStream } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { type ModelVersion, versionArtifactUri } from '../client/model-versions.ts';
import { taggedDigests } from '../fetch-champion.ts';

/**
 * Reads back every file of a version that has its sha256 in a tag: MLflow freezes nothing, so what would decide on loans may not be what was judged.
 * @returns how many files were compared; 0 where the version carries no digests
 * @throws SluiceError MODEL_DAMAGED naming the file
 */
export async function assertIntact(connection: MlflowConnection, version: ModelVersion): Promise<number> {
  const files = Object.entries(taggedDigests(version));
  if (files.length === 0) return 0;
  const artifactUri = await versionArtifactUri(connection, version.name, version.version);
  for (const [path, sha256] of files) {
    const hash = createHash('sha256');
    const to = new Writable({
      write(chunk: Uint8Array, _, done) {
        hash.update(chunk);
        done();
      },
    });
    const found = (await downloadStream(connection, artifactUri, { path, to })) ? hash.digest('hex') : 'nothing';
    if (found !== sha256) throw damaged(version, { path, found, expected: sha256 });
  }
  return files.length;
}

function damaged(
  { name, version }: ModelVersion,
  { path, found, expected }: { readonly path: string; readonly found: string; readonly expected: string },
): SluiceError {
  return new SluiceError(
    'MODEL_DAMAGED',
    `${path} of "${name}" version ${version} has sha256 ${found.slice(0, 12)}…, registered was ${expected.slice(0, 12)}…`,
    {
      hint: 'Somebody replaced the file after it was judged. Register the model again: sluice run register',
      data: { version, path, found, expected },
    },
  );
}
