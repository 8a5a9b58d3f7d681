import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { ChildCommand, ChildExit, ChildStart } from './started-child.ts';
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
/** How long a slot waits for its next child, and a child that was started ahead for its order, in ms. */
const [IDLE_MS, BOOTED_MS] = [1000, 10_000];

/** Slots that wait, by what they start; those with a child that waits too come last. */
const idle = new Map<string, readonly ChildSlot[]>();
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
  const slot = taken(start, true);
  const exit = await slot.run(start);
  // A child that has answered ends itself by SIGKILL.
  if (exit.code === 0 || exit.signal === 'SIGKILL') keep(start, slot);
  else void slot.close();
  return exit;
}

/** Starts a child that waits for the order which the next {@link startInSlot} of the same command has for it. */
export function bootInSlot(command: ChildCommand): void {
  const slot = taken(command, false);
  slot.boot();
  keep(command, slot);
}

/** Ends the shells that wait for a child, and the children that wait for an order; waits for their end. */
export async function closeSlots(): Promise<void> {
  const slots = [...idle.values()].flat();
  idle.clear();
  await Promise.all(slots.map((slot) => slot.close()));
}

/** @param booted whether a child that was started ahead will do: it is there sooner */
function taken(command: ChildCommand, booted: boolean): ChildSlot {
  const key = keyOf(command);
  const slots = idle.get(key) ?? [];
  const slot = booted ? slots.at(-1) : slots.find((one) => !one.isBooted);
  if (slot === undefined) return new ChildSlot(command);
  drop(key, slot);
  return slot;
}

function keep(command: ChildCommand, slot: ChildSlot): void {
  const key = keyOf(command);
  const slots = idle.get(key) ?? [];
  idle.set(key, slot.isBooted ? [...slots, slot] : [slot, ...slots]);
  slot.rest(() => drop(key, slot));
}

function drop(key: string, slot: ChildSlot): void {
  const left = (idle.get(key) ?? []).filter((other) => other !== slot);
  if (left.length > 0) idle.set(key, left);
  else idle.delete(key);
}

function keyOf({ cwd, env, args }: ChildCommand): string {
  return JSON.stringify([cwd, env, args]);
}

/** A child of a slot, from its start on. */
interface Job {
  readonly mark: string;
  readonly streams: readonly UntilMark[];
  /** What the shell said of it: its pid and its exit code, a line each. */
  said: string;
  /** Null until it has its order. What it says before is held. */
  start: ChildStart | null;
  readonly held: (readonly [stream: number, text: string])[];
  hasOrder: boolean;
}

class ChildSlot {
  readonly #shell: ChildProcess;
  readonly #in: Writable;
  /** Output, errors, answers, and what the shell says. */
  readonly #outs: readonly Readable[];
  #timer: NodeJS.Timeout | null = null;
  #job: Job | null = null;
  #resolve: (exit: ChildExit) => void = () => {};
  #fail: (error: Error | null) => void = () => {};

  constructor({ args, env, cwd }: ChildCommand) {
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

  /** Whether a child is there that waits for its order. */
  get isBooted(): boolean {
    return this.#job !== null;
  }

  boot(): void {
    if (this.#job !== null) return;
    const mark = randomUUID();
    const held: Job['held'] = [];
    const pass = (index: number) => (text: string) => {
      const { start = null } = this.#job ?? {};
      if (start === null) held.push([index, text]);
      else tell(start, index, text);
    };
    this.#job = { mark, streams: [0, 1, 2].map((index) => new UntilMark(mark, pass(index))), said: '', start: null, held, hasOrder: false };
    this.#in.write(`go ${mark}\n`);
  }

  run(start: ChildStart): Promise<ChildExit> {
    this.#wake();
    this.boot();
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#fail = (error) => (error === null ? resolve({ code: null, signal: null }) : reject(error));
      if (this.#job === null) return;
      this.#job.start = start;
      for (const [index, text] of this.#job.held.splice(0)) tell(start, index, text);
      this.#proceed(this.#job);
    });
  }

  /** Waits for another child, or with one for its order, without holding this process. */
  rest(onEnd: () => void): void {
    this.#wake();
    this.#hold(false);
    const end = (): void => {
      onEnd();
      void this.close();
    };
    this.#fail = end;
    // One that has ended while it waited, of lack of memory say, is of no use to a stage.
    this.#resolve = end;
    this.#timer = setTimeout(end, this.isBooted ? BOOTED_MS : IDLE_MS);
    this.#timer.unref();
  }

  /** A child that waits for its order ends when its input does. */
  async close(): Promise<void> {
    this.#wake();
    this.#in.end();
    const { exitCode, signalCode } = this.#shell;
    if (exitCode === null && signalCode === null) await once(this.#shell, 'close').catch(() => {});
  }

  #hear(index: number, text: string): void {
    const job = this.#job;
    if (job === null) return;
    if (index < job.streams.length) job.streams[index]?.read(text);
    else job.said += text;
    this.#proceed(job);
  }

  #proceed(job: Job): void {
    const [pid, code] = job.said.split('\n').slice(0, -1).map(Number);
    if (pid !== undefined && job.start !== null && !job.hasOrder) {
      job.hasOrder = true;
      job.start.onPid(pid);
      this.#in.write(job.start.order);
    }
    if (code === undefined || !job.streams.every(({ met }) => met)) return;
    this.#job = null;
    this.#resolve(exitOf(code));
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

function tell({ onOutput, onAnswer }: ChildStart, stream: number, text: string): void {
  if (stream === 2) onAnswer(text);
  else onOutput(stream === 0 ? 'stdout' : 'stderr', text);
}

function exitOf(code: number): ChildExit {
  const name = Object.entries(constants.signals).find(([, number]) => code === SIGNALLED + number)?.[0];
  return name === undefined ? { code, signal: null } : { code: null, signal: name as NodeJS.Signals };
}
