import type { MlflowConnection } from '../client/connection.ts';
import { deleteRunTag, type Run, updateRun } from '../client/runs.ts';

/** Before the names of the tags that say why a run ended before it was complete. */
export const ERROR_TAGS = 'sluice.error.';

/** Whether it ended before it was complete, and says why. */
export function hasError({ tags }: Run): boolean {
  return Object.keys(tags).some((name) => name.startsWith(ERROR_TAGS));
}

/** A run that had ended before it was complete runs again: MLflow's users know that from training that is resumed. What it once ended with no longer holds. */
export async function reopenRun(connection: MlflowConnection, run: Run): Promise<void> {
  if (run.status !== 'RUNNING') await updateRun(connection, run.runId, { status: 'RUNNING' });
  await forgetError(connection, run);
}

/** What a run once ended with is said no longer. */
export async function forgetError(connection: MlflowConnection, run: Run): Promise<void> {
  for (const key of Object.keys(run.tags).filter((name) => name.startsWith(ERROR_TAGS))) await deleteRunTag(connection, run.runId, key);
}
