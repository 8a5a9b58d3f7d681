import { appendFile, readFile } from 'node:fs/promises';
import { SluiceError, systemErrorCode } from '../../../pipeline/index.ts';
import { type HistoryEntry, historyEntry } from '../history-schema.ts';

export interface History {
  /** The last word on each batch, in the order in which they came first. */
  readonly entries: readonly HistoryEntry[];
  /** The file ends within a line: a writer was killed. That line is left out, and the next begins on one of its own. */
  readonly torn: boolean;
}

/** @throws SluiceError DATA_MALFORMED for a line that is no entry, with its number */
export async function readHistory(file: string): Promise<History> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw new SluiceError('SOURCE_MISSING', `the history ${file} cannot be read`, {
      cause: error,
      hint: 'Name a file that may be read and written.',
    });
  });
  const torn = text !== '' && !text.endsWith('\n');
  const lines = text.split('\n').slice(0, -1);
  const byBatch = new Map<string, HistoryEntry>();
  lines.forEach((line, at) => {
    if (line.trim() === '') return;
    const entry = parseLine(line);
    // A line that was torn once was ended by the next writer.
    if (entry === null && !line.endsWith('}')) return;
    if (entry === null)
      throw new SluiceError('DATA_MALFORMED', `${file}:${at + 1} is no entry of a drift history: ${line.slice(0, 80)}`, {
        at: { file, line: at + 1 },
        hint: 'Take the line out, or name another file with --history.',
      });
    byBatch.set(entry.batch, entry);
  });
  return { entries: [...byBatch.values()], torn };
}

/** Those before a batch: all of them, or, where the batch was judged before, those that came before it then. */
export function entriesBefore({ entries }: History, batch: string): readonly HistoryEntry[] {
  const at = entries.findIndex((entry) => entry.batch === batch);
  return at < 0 ? entries : entries.slice(0, at);
}

/** Appends a line, unless the last word on the batch is the same already. */
export async function appendEntry(file: string, history: History, entry: HistoryEntry): Promise<void> {
  const line = JSON.stringify(entry);
  const known = history.entries.find(({ batch }) => batch === entry.batch);
  if (known !== undefined && JSON.stringify(known) === line) return;
  await appendFile(file, `${history.torn ? '\n' : ''}${line}\n`);
}

function parseLine(line: string): HistoryEntry | null {
  try {
    return historyEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
