import { userInfo } from 'node:os';
import type { Verdict } from '../gate/stage.ts';

export interface RunIdentity {
  readonly id: string;
  readonly fingerprint: string;
  readonly gitCommit: string | null;
  readonly gitDirty: boolean;
}

/** Where a run comes from, in MLflow's words and ours. */
export function runTags(run: RunIdentity, verdict: Verdict | null): Record<string, string> {
  const rules = verdict?.rules ?? [];
  return {
    'mlflow.source.name': 'sluice run',
    'mlflow.source.type': 'LOCAL',
    ...(run.gitCommit === null ? {} : { 'mlflow.source.git.commit': run.gitCommit }),
    'sluice.git_dirty': String(run.gitDirty),
    'sluice.run': run.id,
    'sluice.fingerprint': run.fingerprint,
    'sluice.verdict': verdict?.verdict ?? 'none',
    ...(verdict === null
      ? {}
      : {
          'sluice.verdict.against': verdict.against,
          'sluice.verdict.rules': `${rules.filter(({ passed }) => passed).length} of ${rules.length} passed`,
          'sluice.verdict.failed':
            rules
              .filter((rule) => !rule.passed)
              .map(({ rule }) => rule)
              .join(', ')
              .slice(0, 5000) || 'none',
        }),
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
