import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process told apart from a later one with the same number. */
export interface ProcessInfo {
  readonly pid: number;
  readonly group: number;
  /** Opaque; equal for the same process only. */
  readonly started: string;
  readonly command: string;
}

/** What runs under a process id now; undefined when nothing does. A zombie counts as nothing. */
export async function inspectProcess(pid: number): Promise<ProcessInfo | undefined> {
  return process.platform === 'linux' ? readProc(pid) : (await readPs(['-p', String(pid)]))[0];
}

/** The living members of a process group, in order of their ids. */
export async function processGroup(group: number): Promise<readonly ProcessInfo[]> {
  if (process.platform !== 'linux') return (await readPs(['-A'])).filter((info) => info.group === group);
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(ids.map(readProc));
  return all.filter((info) => info !== undefined).filter((info) => info.group === group);
}

async function readProc(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]);
    // The name in parentheses may hold spaces: fields are counted after it (proc(5): state, ppid, pgrp, …, starttime is field 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, group: Number(fields[2]), started: fields[19] ?? '', command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
}

async function readPs(selection: readonly string[]): Promise<ProcessInfo[]> {
  try {
    const { stdout } = await run('ps', ['-ww', ...selection, '-o', 'pid=,pgid=,stat=,lstart=,command='], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    return stdout.split('\n').flatMap((line) => {
      const [, pid, group, state, started, command] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? [];
      return started === undefined || state?.startsWith('Z') === true
        ? []
        : [{ pid: Number(pid), group: Number(group), started, command: command ?? '' }];
    });
  } catch {
    return [];
  }
}
