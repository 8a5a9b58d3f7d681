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
  return { ...originTags(run), 'sluice.fingerprint': run.fingerprint, ...verdictTags(verdict) };
}

/** What is known of it from the start. */
export function originTags({ id, gitCommit, gitDirty }: Omit<RunIdentity, 'fingerprint'>): Record<string, string> {
  return {
    'mlflow.source.name': 'sluice run',
    'mlflow.source.type': 'LOCAL',
    ...(gitCommit === null ? {} : { 'mlflow.source.git.commit': gitCommit }),
    'sluice.git_dirty': String(gitDirty),
    'sluice.run': id,
  };
}

function verdictTags(verdict: Verdict | null): Record<string, string> {
  if (verdict === null) return { 'sluice.verdict': 'none' };
  const { rules } = verdict;
  const failed = rules.filter(({ passed }) => !passed).map(({ rule }) => rule);
  return {
    'sluice.verdict': verdict.verdict,
    'sluice.verdict.against': verdict.against,
    'sluice.verdict.rules': `${rules.length - failed.length} of ${rules.length} passed`,
    'sluice.verdict.failed': failed.join(', ').slice(0, 5000) || 'none',
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

/** Of the run in MLflow. */
export function runName(modelName: string, key: string): string {
  return `${modelName}-${key.slice(0, 8)}`;
}
