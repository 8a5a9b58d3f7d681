import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface GitState {
  readonly commit: string | null;
  readonly dirty: boolean;
}

const NONE: GitState = { commit: null, dirty: false };

/** The commit that the project stands at, for the record; never part of a fingerprint. Null outside a git checkout. */
export async function gitState(dir: string): Promise<GitState> {
  if (!isCheckout(dir)) return NONE;
  const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
  try {
    // Without the optional lock, which a commit in the next terminal would meet.
    const args = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch'];
    const { stdout } = await promisify(execFile)('git', args, { cwd: dir, maxBuffer: 1 << 28 });
    const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
    return commit === undefined ? NONE : { commit, dirty: /^[^#]/m.test(stdout) };
  } catch {
    return NONE;
  }
}

/** Spares most projects of a test, and some of all, a process. */
function isCheckout(dir: string): boolean {
  if (process.env['GIT_DIR'] !== undefined) return true;
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}
