import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from '../../util/error-code.ts';

/** Names one process for good: a pid alone may be another process by now, or lie on another machine. */
export interface ProcessMark {
  readonly pid: number;
  /** The process's start, in clock ticks since boot; empty where the system does not tell. No clock can be set that changes it. */
  readonly started: string;
  /** Machine, boot and pid namespace: only there does the pid mean anything. */
  readonly place: string;
}

let place: string | null = null;
let own: ProcessMark | null = null;

function ownPlace(): string {
  const parts = (): string[] => [
    hostname(),
    attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    attempt(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return (place ??= parts().join(' '));
}

export function ownMark(): ProcessMark {
  return (own ??= { pid: process.pid, started: inspect(process.pid).started, place: ownPlace() });
}

/** @returns null for a process of another machine or container, whose life cannot be seen from here */
export function isAlive(mark: ProcessMark): boolean | null {
  if (mark.place !== ownPlace()) return null;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') return false;
  }
  const { state, started } = inspect(mark.pid);
  return state !== 'Z' && state !== 'X' && (mark.started === '' || started === mark.started);
}

/** State and start of a process (proc_pid_stat(5), fields 3 and 22); a killed one that nobody has reaped yet is a zombie, Z. */
function inspect(pid: number): { readonly state: string; readonly started: string } {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
