import { type FileHandle, open } from 'node:fs/promises';

const CHUNK = 1 << 20;
/** How much of a differing line is shown, in characters. */
const SHOWN = 80;

interface Split {
  /** Offset of the first byte that differs, from 0. */
  readonly offset: number;
  /** Of the line that it lies in, from 1, and where that line begins. */
  readonly line: number;
  readonly lineStart: number;
  readonly isText: boolean;
}

/** Where two files part ways, in words; null where they are the same. Files without a zero byte up to there are shown by line. */
export async function firstDifference(before: string, after: string): Promise<string | null> {
  const [one, other] = await Promise.all([open(before), open(after)]);
  try {
    const split = await findSplit(one, other);
    if (split === null) return null;
    if (!split.isText) return `byte ${split.offset}: ${await byteAt(one, split.offset)} → ${await byteAt(other, split.offset)}`;
    return `line ${split.line}: ${await lineAt(one, split.lineStart, split.offset)} → ${await lineAt(other, split.lineStart, split.offset)}`;
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

async function findSplit(one: FileHandle, other: FileHandle): Promise<Split | null> {
  let [line, lineStart, isText] = [1, 0, true];
  for (let start = 0; ; start += CHUNK) {
    const [a, b] = await Promise.all([readAt(one, start, CHUNK), readAt(other, start, CHUNK)]);
    const shared = Math.min(a.length, b.length);
    let same = 0;
    if (a.equals(b)) same = shared;
    else while (same < shared && a[same] === b[same]) same += 1;
    for (let at = a.indexOf(10); at >= 0 && at < same; at = a.indexOf(10, at + 1)) [line, lineStart] = [line + 1, start + at + 1];
    isText &&= !a.subarray(0, same + 1).includes(0) && !b.subarray(0, same + 1).includes(0);
    if (same < Math.max(a.length, b.length)) return { offset: start + same, line, lineStart, isText };
    if (a.length < CHUNK) return null;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function byteAt(file: FileHandle, offset: number): Promise<string> {
  const [byte] = await readAt(file, offset, 1);
  return byte === undefined ? 'the end' : `0x${byte.toString(16).padStart(2, '0')}`;
}

/** The line, or of a long one the part around the difference. */
async function lineAt(file: FileHandle, lineStart: number, offset: number): Promise<string> {
  const from = Math.max(lineStart, offset - SHOWN / 2);
  const bytes = await readAt(file, from, SHOWN * 2);
  if (bytes.length === 0) return 'the end';
  const [text = ''] = bytes.toString('utf8').split('\n');
  return JSON.stringify(`${from > lineStart ? '…' : ''}${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`);
}
