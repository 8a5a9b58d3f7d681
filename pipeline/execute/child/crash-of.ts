import { SluiceError } from '../../errors/sluice-error.ts';
import type { ChildExit } from './started-child.ts';

/** Least heap of a child, in MiB: what a small body needs beside what it declares for its data. */
const LEAST_HEAP_MB = 256;
/** What V8 says last when the heap is full. */
const HEAP_FULL = /JavaScript heap out of memory/;
/** What Node says when a body has closed the descriptor on which its child answers. */
const CLOSED = /EBADF: bad file descriptor, write/;

/**
 * The bound of V8's heap for a stage that declares its memory, in MiB. Null, for Node's own (a quarter of the machine, 4 GiB at most), where
 * it does not: with any flag of V8's, Node drops the compiled code of its own modules and starts 3.5 ms later.
 */
export function heapMb(declaresMemory: boolean, memoryMb: number): number | null {
  return declaresMemory ? Math.max(LEAST_HEAP_MB, Math.floor(memoryMb)) : null;
}

/** Says why a child ended without an answer, by how it ended and what it last wrote to its output. */
export function crashOf(stage: string, heap: number | null, { code, signal }: ChildExit, tail: string): SluiceError {
  const [how, hint] = causeOf({ code, signal }, tail, heap) ?? [
    signal === null ? `exited with code ${code ?? 'unknown'}` : `was killed by ${signal}`,
    `See the log: sluice logs latest ${stage}`,
  ];
  return new SluiceError('STAGE_CRASHED', `stage "${stage}" ${how}${tail === '' ? '' : `; it last said:\n${tail}`}`, { stage, hint });
}

function causeOf({ code, signal }: ChildExit, tail: string, heap: number | null): readonly [string, string] | null {
  if (HEAP_FULL.test(tail))
    return heap === null
      ? ['ran out of memory: JavaScript may hold what Node allows it', 'Declare what it needs as resources.memory, or hold less at once.']
      : [`ran out of memory: JavaScript may hold ${heap} MiB here`, 'Raise resources.memory in its declaration, or hold less at once.'];
  if (CLOSED.test(tail))
    return ['closed file descriptor 3, on which a stage answers', 'Close only what the body opened: 0 to 3 are not its own.'];
  if (code === 0)
    return [
      'ended its process before its body had ended (exit code 0)',
      'A body ends by returning: look for process.exit() in it and what it calls.',
    ];
  if (signal === 'SIGKILL')
    return ['was killed by SIGKILL', 'The system may have run out of memory: lower resources.cpus or the data, or free some.'];
  return null;
}
