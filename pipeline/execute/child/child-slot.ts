import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { ChildExit, ChildStart } from './started-child.ts';
import { UntilMark } from './until-mark.ts';

/**
 * Starts a child for each line "go MARK" that it reads. Says the child's pid, lets it have its own input, output and file descriptor 3,
 * waits, ends what is left of its group, says how it ended, and puts the mark at the end of each stream. Other lines are
 * what a child has left of its order.
 */
const SCRIPT = `unset PWD OLDPWD SHLVL
exec 5<&0 6>&2 2>/dev/null
while read -r go mark; do
  [ "$go" = go ] || continue
  setsid "$0" "$@" <&5 2>&6 4>&- 5<&- 6>&- &
  echo "$!" >&4
  wait "$!"
  code=$?
  kill -9 "-$!"
  echo "$code" >&4
  printf '\\001%s\\n' "$mark"
  printf '\\001%s\\n' "$mark" >&3
  printf '\\001%s\\n' "$mark" >&6
done`;

/** Makes the child the leader of a group of its own; of util-linux and busybox. */
const SETSID = ['/usr/bin/setsid', '/bin/setsid'];
/** How a shell says that a signal ended a program: 128 and its number. */
const SIGNALLED = 128;
/** How long a slot waits for its next child, in ms. */
const IDLE_MS = 1000;

const idle = new Map<string, ChildSlot[]>();
let can: boolean | null = null;

/** Whether children can be started by a shell that is kept for it. */
export function canUseSlots(): boolean {
  return (can ??= process.platform === 'linux' && SETSID.some((path) => existsSync(path)));
}

/**
 * Starts a child out of a shell of 1 MB that is kept for the next one. A fork of this process would copy the page tables of all its
 * memory, 5 ms for each 100 MB, and again each page that it writes to afterwards.
 */
export async function startInSlot(start: ChildStart): Promise<ChildExit> {
  const key = JSON.stringify([start.cwd, start.env, start.args]);
  const slot = idle.get(key)?.pop() ?? new ChildSlot(start);
  const exit = await slot.run(start);
  if (exit.code === 0) keep(key, slot);
  else void slot.close();
  return exit;
}

/** Ends the shells that wait for a child, and waits for their end. */
export async function closeSlots(): Promise<void> {
  const slots = [...idle.values()].flat();
  idle.clear();
  await Promise.all(slots.map((slot) => slot.close()));
}

function keep(key: string, slot: ChildSlot): void {
  const slots = idle.get(key) ?? [];
  idle.set(key, [...slots, slot]);
  slot.rest(() => {
    const left = (idle.get(key) ?? []).filter((other) => other !== slot);
    if (left.length > 0) idle.set(key, left);
    else idle.delete(key);
  });
}

class ChildSlot {
  readonly #shell: ChildProcess;
  readonly #in: Writable;
  /** Output, errors, answers, and what the shell says. */
  readonly #outs: readonly Readable[];
  #timer: NodeJS.Timeout | null = null;
  #hear: (stream: number, text: string) => void = () => {};
  #fail: (error: Error | null) => void = () => {};

  constructor({ args, env, cwd }: ChildStart) {
    // In a session of its own: a Ctrl-C in the terminal must not end it before its child.
    const shell = spawn('/bin/sh', ['-c', SCRIPT, process.execPath, ...args], {
      cwd,
      env: { ...env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.#shell = shell;
    this.#in = shell.stdin;
    this.#outs = [shell.stdout, shell.stderr, shell.stdio[3] as Readable, shell.stdio[4] as Readable];
    this.#in.on('error', () => {});
    for (const [index, stream] of this.#outs.entries()) {
      stream.on('error', () => {});
      stream.setEncoding('utf8').on('data', (text: string) => this.#hear(index, text));
    }
    shell.once('error', (error) => this.#fail(error));
    shell.once('close', () => this.#fail(null));
  }

  run({ order, onPid, onOutput, onAnswer }: ChildStart): Promise<ChildExit> {
    this.#wake();
    const mark = randomUUID();
    const streams = [
      new UntilMark(mark, (text) => onOutput('stdout', text)),
      new UntilMark(mark, (text) => onOutput('stderr', text)),
      new UntilMark(mark, onAnswer),
    ];
    let said = '';
    let started = false;
    return new Promise((resolve, reject) => {
      this.#fail = (error) => (error === null ? resolve({ code: null, signal: null }) : reject(error));
      this.#hear = (index, text) => {
        if (index < streams.length) streams[index]?.read(text);
        else said += text;
        const [pid, code] = said.split('\n').slice(0, -1).map(Number);
        if (pid !== undefined && !started) {
          started = true;
          onPid(pid);
          this.#in.write(order);
        }
        if (code !== undefined && streams.every(({ met }) => met)) resolve(exitOf(code));
      };
      this.#in.write(`go ${mark}\n`);
    });
  }

  /** Waits for another child, without holding this process. */
  rest(onEnd: () => void): void {
    this.#hold(false);
    this.#hear = () => {};
    this.#fail = onEnd;
    this.#timer = setTimeout(() => {
      onEnd();
      void this.close();
    }, IDLE_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#wake();
    this.#in.end();
    const { exitCode, signalCode } = this.#shell;
    if (exitCode === null && signalCode === null) await once(this.#shell, 'close').catch(() => {});
  }

  #wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#hold(true);
  }

  #hold(on: boolean): void {
    for (const handle of [this.#shell, this.#in, ...this.#outs] as { ref?: () => void; unref?: () => void }[]) {
      if (on) handle.ref?.();
      else handle.unref?.();
    }
  }
}

function exitOf(code: number): ChildExit {
  const name = Object.entries(constants.signals).find(([, number]) => code === SIGNALLED + number)?.[0];
  return name === undefined ? { code, signal: null } : { code: null, signal: name as NodeJS.Signals };
}
