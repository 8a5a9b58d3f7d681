import { JUDGED_TAG, registeredAs } from './apply/apply-alias.ts';
import type { MlflowConnection } from './client/connection.ts';
import { findVersions, type ModelVersion } from './client/model-versions.ts';
import { getRun, type Run } from './client/runs.ts';

export type FoundRegistration =
  | { readonly state: 'absent' }
  /** Begun and not ended, or its run is not finished. */
  | { readonly state: 'incomplete' }
  /** A person deleted the run. */
  | { readonly state: 'deleted'; readonly runId: string; readonly version: string }
  | {
      readonly state: 'complete';
      readonly run: Run;
      readonly version: ModelVersion;
      readonly alias: 'champion' | 'challenger';
      readonly judgedAgainst: string;
    };

/** Looks a registration up on the server by its key: two short calls, nothing local is trusted. */
export async function findRegistration(connection: MlflowConnection, model: string, key: string): Promise<FoundRegistration> {
  const versions = await findVersions(connection, model, ['sluice.key', key]);
  let worst: FoundRegistration = { state: 'absent' };
  for (const version of versions) {
    const run = await getRun(connection, version.runId);
    const alias = registeredAs(version);
    if (run?.active !== true)
      worst = worst.state === 'absent' ? { state: 'deleted', runId: version.runId, version: version.version } : worst;
    else if (run.status !== 'FINISHED' || alias === undefined) worst = { state: 'incomplete' };
    else return { state: 'complete', run, version, alias, judgedAgainst: version.tags[JUDGED_TAG] ?? 'none' };
  }
  return worst;
}
