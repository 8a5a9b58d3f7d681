/** Blocks are of whole pages, so that answers of about one length fit each other's. */
const PAGE = 2 ** 16;
/** As many answers as are on their way at once under load; more are left to the collector. */
const MOST_KEPT = 64;
const kept: Buffer[] = [];
/** Memory of blocks that are in use. Of any other nobody knows who reads it: small buffers share theirs. */
const lent = new WeakSet<ArrayBufferLike>();

/**
 * Room for an answer of many bytes. A new block each time is a fifth of a megabyte that the system has to clear, and dozens of them wait for the
 * collector, which counts on small things.
 */
export function takeBlock(bytes: number): Buffer {
  const last = kept.pop();
  // One that is too short is of answers that were shorter: it is let go.
  const fits = last !== undefined && last.length >= bytes;
  const block = fits ? last : Buffer.allocUnsafeSlow(Math.max(1, Math.ceil(bytes / PAGE)) * PAGE);
  lent.add(block.buffer);
  return block;
}

/** Once nobody reads it any more. @param answer a part of a block; other bytes, and what was given back before, are left alone */
export function giveBackBlock({ buffer }: Buffer): void {
  if (lent.delete(buffer) && kept.length < MOST_KEPT) kept.push(Buffer.from(buffer));
}
