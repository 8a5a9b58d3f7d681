import { mkdir, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Registration } from '../registration.ts';
import type { Line } from './journal-line.ts';
import type { Ledger, Operation } from './operation.ts';
import { storePayloads } from './payload.ts';
import { planOperations, registrationToken, tokenDigest } from './plan-operations.ts';

/** A registration on disk: its operations, written before anything is sent, and what the tracker acknowledged. */
export interface Journal {
  readonly path: string;
  readonly payloadFolder: string;
  /** Digest of the token: the same model under another name is another journal. */
  readonly key: string;
  /** For messages: what is registered. */
  readonly title: string;
  readonly operations: readonly Operation[];
  /** Indices of the operations that the tracker acknowledged. */
  readonly acknowledged: ReadonlySet<number>;
  readonly ledger: Ledger;
}

export function journalPath(outbox: string, key: string): string {
  return join(outbox, `${key}.journal.ndjson`);
}

/** Writes a registration with all its files to the outbox; when this returns, it survives a crash. Replaces an older journal of the same registration. */
export async function writeJournal(outbox: string, registration: Registration): Promise<Journal> {
  const key = tokenDigest(registrationToken(registration.key, registration.model.name));
  const payloadFolder = await emptyPayloads(outbox, key);
  const files = {
    run: await storePayloads(payloadFolder, 'run', registration.run.files),
    model: await storePayloads(payloadFolder, 'model', registration.model.files),
  };
  return writeOperations(outbox, { key, title: registration.run.name, operations: planOperations(registration, files) });
}

/** A journal of operations whose files, where they have any, are in the payload folder of its key. */
export async function writeOperations(
  outbox: string,
  { key, title, operations }: Pick<Journal, 'key' | 'title' | 'operations'>,
): Promise<Journal> {
  const path = journalPath(outbox, key);
  const lines: Line[] = [
    { type: 'journal', schema: 1, key, title, operations: operations.length },
    ...operations.map((operation, index): Line => ({ type: 'operation', index, operation })),
  ];
  await writeDurably(path, lines.map(toText).join(''));
  return { path, payloadFolder: join(outbox, key), key, title, operations, acknowledged: new Set(), ledger: {} };
}

/** The folder of a key's files, made empty; an older journal of the key goes with them. */
async function emptyPayloads(outbox: string, key: string): Promise<string> {
  const folder = join(outbox, key);
  await rm(journalPath(outbox, key), { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** @throws SluiceError STORE_CORRUPT for a journal that does not hold all its operations */
export async function openJournal(path: string): Promise<Journal> {
  const text = await readFile(path, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  // A crash in the middle of an append leaves half a line: the operation behind it is simply done again.
  if (complete.length < text.length) await truncate(path, Buffer.byteLength(complete));
  const lines = await parseLines(path, complete.split('\n').slice(0, -1));
  const head = lines.find((entry) => entry.type === 'journal');
  const operations = lines.filter((entry) => entry.type === 'operation').map((entry) => entry.operation);
  if (head === undefined || operations.length !== head.operations)
    throw damaged(path, `${operations.length} of ${head?.operations ?? '?'} operations`);
  const acks = lines.slice(lines.findLastIndex((entry) => entry.type === 'restart') + 1).filter((entry) => entry.type === 'ack');
  return {
    path,
    payloadFolder: join(dirname(path), head.key),
    key: head.key,
    title: head.title,
    operations,
    acknowledged: new Set(acks.map((entry) => entry.index)),
    ledger: acks.reduce<Ledger>((sum, entry) => ({ ...sum, ...entry.result }), {}),
  };
}

/** Appends what the tracker said to operations; on disk when this returns. */
export async function acknowledge(journal: Journal, indices: readonly number[], result: Ledger): Promise<void> {
  await append(
    journal.path,
    indices.map((index) => ({ type: 'ack', index, result })),
  );
}

/** Takes back all acknowledgements. */
export async function restartJournal(journal: Journal, reason: string): Promise<Journal> {
  await append(journal.path, [{ type: 'restart', reason }]);
  return openJournal(journal.path);
}

/** Removes a journal whose operations are all acknowledged, and its files. */
export async function closeJournal(journal: Journal): Promise<void> {
  await rm(journal.path, { force: true });
  await rm(journal.payloadFolder, { recursive: true, force: true });
}

/** Loaded here alone: whoever writes a journal, or sends one that was just written, needs no schema. */
async function parseLines(path: string, texts: readonly string[]): Promise<readonly Line[]> {
  const { lineSchema } = await import('./journal-line.ts');
  return texts.map((text, index) => {
    try {
      return lineSchema.parse(JSON.parse(text));
    } catch {
      throw damaged(`${path}:${index + 1}`, `"${text.slice(0, 80)}" is not a journal line`);
    }
  });
}

export function damaged(at: string, what: string): SluiceError {
  return new SluiceError('STORE_CORRUPT', `${at}: the journal is damaged: ${what}`, {
    hint: 'Delete it and run `sluice run` again: the results are in the store, and it is written anew.',
  });
}

function toText(entry: Line): string {
  return `${JSON.stringify(entry)}\n`;
}

async function append(path: string, entries: readonly Line[]): Promise<void> {
  const handle = await open(path, 'a');
  try {
    await handle.writeFile(entries.map(toText).join(''));
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** To a temporary file, to the disk, into place. */
async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
