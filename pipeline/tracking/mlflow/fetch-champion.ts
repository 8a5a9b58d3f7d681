import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import { sha256File } from '../journal/payload.ts';
import { JUDGED_TAG } from './apply/apply-alias.ts';
import { downloadArtifact } from './client/artifacts.ts';
import type { MlflowConnection } from './client/connection.ts';
import { findVersions, getVersion, type ModelVersion, versionArtifactUri } from './client/model-versions.ts';
import { getVersionByAlias } from './client/registered-models.ts';

export interface Rival {
  /** What to judge the model against; undefined where there is nothing. */
  readonly version: ModelVersion | undefined;
  /** The model itself is in the registry already. */
  readonly registered: boolean;
}

/**
 * The version to judge a model against: the one with the alias `champion`, or, when that one holds this very model, the
 * version that it was itself judged against when it was registered.
 */
export async function findRival(connection: MlflowConnection, name: string, modelKey: string): Promise<Rival> {
  const champion = await getVersionByAlias(connection, name, 'champion');
  if (champion === undefined || champion.tags['sluice.model_key'] !== modelKey) {
    return { version: champion, registered: (await findVersions(connection, name, ['sluice.model_key', modelKey])).length > 0 };
  }
  const judgedAgainst = champion.tags[JUDGED_TAG] ?? 'none';
  return { version: /^\d+$/.test(judgedAgainst) ? await getVersion(connection, name, judgedAgainst) : undefined, registered: true };
}

/** The version tag that keeps the sha256 of a file of the model. */
export function digestTag(file: string): string {
  return `sluice.sha256.${file}`;
}

/** Files of a version that have their sha256 in its tags, file to sha256. */
export function taggedDigests({ tags }: Pick<ModelVersion, 'tags'>): Readonly<Record<string, string>> {
  const prefix = digestTag('');
  const own = Object.entries(tags).filter(([tag]) => tag.startsWith(prefix));
  return Object.fromEntries(own.map(([tag, sha256]) => [tag.slice(prefix.length), sha256]));
}

/**
 * Saves files of a version and checks them against the digests in its tags.
 * @returns false when a file or its digest is missing: the version was not registered by us
 * @throws SluiceError MODEL_DAMAGED when a file is not what was registered
 */
export async function fetchVersionFiles(
  connection: MlflowConnection,
  version: ModelVersion,
  to: { readonly folder: string; readonly files: readonly string[] },
): Promise<boolean> {
  if (to.files.some((file) => version.tags[digestTag(file)] === undefined)) return false;
  const artifactUri = await versionArtifactUri(connection, version.name, version.version);
  for (const file of to.files) {
    const path = join(to.folder, file);
    await mkdir(dirname(path), { recursive: true });
    if (!(await downloadArtifact(connection, artifactUri, { path: file, to: path }))) return false;
    const [expected, found] = [version.tags[digestTag(file)], await sha256File(path)];
    if (found !== expected) throw damaged(connection, version, { file, found, expected: expected ?? '' });
  }
  return true;
}

function damaged(
  connection: MlflowConnection,
  version: ModelVersion,
  what: { readonly file: string; readonly found: string; readonly expected: string },
): SluiceError {
  return new SluiceError(
    'MODEL_DAMAGED',
    `${what.file} of "${version.name}" version ${version.version} on ${connection.uri} has sha256 ${what.found.slice(0, 12)}…, registered was ${what.expected.slice(0, 12)}…`,
    {
      hint: `Somebody replaced the file after it was registered. Move the alias champion to a version that you trust, or delete version ${version.version}.`,
      data: { version: version.version, ...what },
    },
  );
}
