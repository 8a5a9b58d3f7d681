import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Reads "+ pid" and "- pid" lines; when its input ends, which it does however the parent ended, kills the groups that are left.
 * Only builtins of POSIX sh: nothing is started, nothing can fail to start.
 */
const SCRIPT = `groups=' '
while read -r sign pid; do
  case $sign in
    +) groups="$groups$pid " ;;
    -) case $groups in *" $pid "*) groups="\${groups%% $pid *} \${groups#* $pid }" ;; esac ;;
  esac
done
for pid in $groups; do kill -9 "-$pid" 2>/dev/null; done
exit 0`;

let lines: Writable | null = null;

/**
 * Sees to it that a child's process group does not outlive this process. A child also watches its own input, but cannot while
 * its body computes; a kill -9 of the parent runs no handler; hence a third process that only waits.
 */
export function guardGroup(leader: number): { readonly release: () => void } {
  lines ??= startWarden();
  lines?.write(`+ ${leader}\n`);
  return { release: () => void lines?.write(`- ${leader}\n`) };
}

/** In a session of its own, so that a Ctrl-C in the terminal does not end it before what it guards. */
function startWarden(): Writable | null {
  if (process.platform === 'win32') return null;
  const warden = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {}, cwd: '/' });
  warden.on('error', () => {}); // without a shell the children still watch for themselves
  warden.stdin.on('error', () => {});
  warden.unref();
  if ('unref' in warden.stdin && typeof warden.stdin.unref === 'function') warden.stdin.unref();
  return warden.stdin;
}
