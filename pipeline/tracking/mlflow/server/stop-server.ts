import { setTimeout as sleep } from 'node:timers/promises';
import { inspectProcess, type ProcessInfo } from '../../process/process-identity.ts';
import { readState, removeState, type ServerState, serverProcesses } from './server-state.ts';

/** MLflow ends 1–2 s after SIGTERM. */
const GRACE_MS = 8000;

/** Ends the embedded server, all its processes. @returns what was ended, or undefined when nothing ran */
export async function stopServer(folder: string): Promise<ServerState | undefined> {
  const state = await readState(folder);
  if (state === undefined) return undefined;
  const processes = await serverProcesses(state);
  await endProcesses(processes);
  await removeState(folder);
  return processes.length === 0 ? undefined : state;
}

/** Asks each to end, waits, then kills what is left. Only processes that were recognised as ours are signalled, one by one. */
export async function endProcesses(processes: readonly ProcessInfo[]): Promise<void> {
  signalAll(processes, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  let left = processes;
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(50);
    left = await stillAlive(left);
  }
  signalAll(left, 'SIGKILL');
}

async function stillAlive(processes: readonly ProcessInfo[]): Promise<readonly ProcessInfo[]> {
  const now = await Promise.all(
    processes.map(async (known) => ((await inspectProcess(known.pid))?.started === known.started ? known : undefined)),
  );
  return now.filter((info) => info !== undefined);
}

function signalAll(processes: readonly ProcessInfo[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone in the meantime
    }
  }
}
