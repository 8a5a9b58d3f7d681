/**
 * What ties a stage's child to its parent: an order on standard input, answers on file descriptor 3. Plain descriptors and blocking
 * calls: streams for them cost as much as a quarter of Node's own start, and nothing is lost in a buffer when the process ends.
 */
import { readSync, writeSync } from 'node:fs';
import { systemErrorCode } from '../../util/error-code.ts';
import { type ChildMessage, type ChildOrder, MESSAGE_START } from './child-protocol.ts';

const [STDIN, ANSWERS] = [0, 3];
const NEWLINE = 0x0a;
const BLOCK_BYTES = 1 << 16;
/**
 * A body that ends sooner never pays for the watch, which loads Node's sockets: 7 ms. A parent that died meanwhile is noticed when it
 * begins, and its warden has ended the group long before.
 */
const WATCH_AFTER_MS = 300;

/** Waits for the order. A parent that is gone before it gave one ends the process. */
export function readOrder(): ChildOrder {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(BLOCK_BYTES);
    const bytes = patiently(() => readSync(STDIN, chunk));
    if (bytes === 0) endGroup();
    chunks.push(chunk.subarray(0, bytes));
    if (chunk[bytes - 1] === NEWLINE) return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChildOrder;
  }
}

/** Says something to the parent; it has it when this returns. On a line of its own, whatever a body left there without an end. */
export function send(message: ChildMessage): void {
  const line = Buffer.from(`\n${MESSAGE_START}${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < line.length;) sent += patiently(() => writeSync(ANSWERS, line, sent));
}

/** Ends the process group when the input closes: whoever killed the parent, no orphan stays. */
export function watchParent(): void {
  setTimeout(() => process.stdin.on('end', endGroup).on('error', endGroup).resume(), WATCH_AFTER_MS);
}

function endGroup(): void {
  process.kill(-process.pid, 'SIGKILL');
}

/** A parent that is slow to read makes the child wait, should it have been given a descriptor that does not block. */
function patiently(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (systemErrorCode(error) === 'EPIPE') endGroup();
      if (systemErrorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
