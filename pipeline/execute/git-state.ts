import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit that the project stands at, for the record; never part of a fingerprint. Null outside a git checkout. */
export async function gitState(dir: string): Promise<{ commit: string | null; dirty: boolean }> {
  try {
    const [head, status] = await Promise.all([
      run('git', ['rev-parse', 'HEAD'], { cwd: dir }),
      run('git', ['status', '--porcelain'], { cwd: dir }),
    ]);
    return { commit: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
  } catch {
    return { commit: null, dirty: false };
  }
}
