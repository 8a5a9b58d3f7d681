import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from '../util/error-code.ts';
import type { CliIo } from './cli-io.ts';

const POLL_MS = 300;
const PIECE = 1 << 16;

/**
 * Prints a file, and with `follow` what is added to it until Ctrl-C; one that was made anew is printed from its beginning.
 * @returns whether the file is there
 */
export async function followFile(path: string, { follow, io }: { readonly follow: boolean; readonly io: CliIo }): Promise<boolean> {
  const decoder = new TextDecoder();
  let printed = 0;
  do {
    const size = await sizeOf(path);
    if (size === undefined && !follow) return false;
    if (size !== undefined && size < printed) printed = 0;
    if (size !== undefined && size > printed)
      printed = await printFrom(path, printed, (bytes) => io.out(decoder.decode(bytes, { stream: true })));
    if (follow) await sleep(POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
  } while (follow && !io.signal.aborted);
  return true;
}

/** @returns where the file ended */
async function printFrom(path: string, from: number, print: (bytes: Uint8Array) => void): Promise<number> {
  await using file = await open(path);
  const piece = new Uint8Array(PIECE);
  for (let at = from; ;) {
    const { bytesRead } = await file.read(piece, 0, PIECE, at);
    if (bytesRead === 0) return at;
    print(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
