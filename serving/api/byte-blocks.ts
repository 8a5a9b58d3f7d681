/** Blocks are of whole pages, so that answers of about one length fit each other's. */
const PAGE = 2 ** 16;
/** As many answers as are on their way at once under load; more are left to the collector. */
const MOST_KEPT = 64;
const kept: Buffer[] = [];

/**
 * Room for an answer of many bytes. A new block each time is a fifth of a megabyte that the system has to clear, and dozens of them wait for the
 * collector, which counts on small things.
 */
export function takeBlock(bytes: number): Buffer {
  const block = kept.pop();
  // One that is too short is of answers that were shorter: it is let go.
  if (block !== undefined && block.length >= bytes) return block;
  return Buffer.allocUnsafeSlow(Math.max(1, Math.ceil(bytes / PAGE)) * PAGE);
}

/** Once nobody reads it any more. @param answer a part of a block, from its beginning */
export function giveBackBlock(answer: Buffer): void {
  if (kept.length < MOST_KEPT && answer.byteOffset === 0 && answer.buffer.byteLength % PAGE === 0) kept.push(Buffer.from(answer.buffer));
}
