import { SluiceError } from '../../errors/sluice-error.ts';
import { taggedDigests } from './fetch-champion.ts';
import type { TrackingProject } from './mlflow-server.ts';
import { requireVersion } from './registry/find-version.ts';
import { openRegistry } from './registry/open-registry.ts';

export interface RegisteredModel {
  readonly name: string;
  readonly version: string;
  readonly aliases: readonly string[];
  readonly runId: string;
  /** File of the model to the sha256 that it was registered with. */
  readonly digests: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const OTHERWISE = ' Or ask for an artifact of the store: sluice lineage STAGE.PORT';

/**
 * A registered model by `name@version` or `name@alias`. Starts no server.
 * @throws SluiceError USAGE, MLFLOW_UNREACHABLE, ARTIFACT_MISSING for a model, version or alias that is not there
 */
export async function findModel(project: TrackingProject, reference: string): Promise<RegisteredModel> {
  const [, name, ref] = /^([^@]+)@([^@]+)$/.exec(reference) ?? [];
  if (name === undefined || ref === undefined)
    throw new SluiceError('USAGE', `"${reference}" is not of the form MODEL@VERSION or MODEL@ALIAS`, {
      hint: 'For example: credit-scoring@champion',
    });
  const connection = await openRegistry(project, `what "${name}@${ref}" is`, OTHERWISE);
  const version = await requireVersion(connection, name, ref);
  return {
    name,
    version: version.version,
    aliases: version.aliases,
    runId: version.runId,
    digests: taggedDigests(version),
    tags: version.tags,
  };
}
