import { join } from 'node:path';

/** Where a run works at a stage, until what it made is committed: `<artifacts>/staging/<stage>-<run>/{out,temp}`. */
export function attemptDir(artifactsDir: string, stage: string, run: string): string {
  return join(artifactsDir, 'staging', `${stage}-${run}`);
}
