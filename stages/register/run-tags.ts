import { userInfo } from 'node:os';

export interface RunIdentity {
  readonly id: string;
  readonly fingerprint: string;
  readonly gitCommit: string | null;
  readonly gitDirty: boolean;
}

/** Where a run comes from, in MLflow's words and ours. */
export function runTags(run: RunIdentity, verdict: string): Record<string, string> {
  return {
    'mlflow.source.name': 'sluice run',
    'mlflow.source.type': 'LOCAL',
    ...(run.gitCommit === null ? {} : { 'mlflow.source.git.commit': run.gitCommit }),
    'sluice.git_dirty': String(run.gitDirty),
    'sluice.run': run.id,
    'sluice.fingerprint': run.fingerprint,
    'sluice.verdict': verdict,
  };
}

/** Who runs this, for MLflow's user column; a container may have a user id without a name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'sluice';
  }
}
