import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { HistoryEntry } from '../history-schema.ts';
import { appendEntry, entriesBefore, readHistory } from './history.ts';

const entry = (batch: string, signal: HistoryEntry['signal'] = 'ok'): HistoryEntry => ({
  batch,
  signal,
  status: signal,
  rows: 1000,
  sha256: 'a',
  referenceSha256: 'b',
  driftedColumns: 1,
  driftShare: 0.1,
  scorePsi: null,
  approvalRate: null,
  missingShift: 0,
});
const file = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sluice-history-')), 'drift.ndjson');
const append = async (path: string, added: HistoryEntry): Promise<void> => appendEntry(path, await readHistory(path), added);
const batches = async (path: string): Promise<readonly string[]> =>
  (await readHistory(path)).entries.map(({ batch, signal }) => `${batch} ${signal}`);

test('a line a batch; the same word twice is written once, another one counts in the batch’s old place', async () => {
  const path = await file();
  for (const added of [entry('jan'), entry('feb', 'act'), entry('mar'), entry('mar'), entry('feb', 'watch')]) await append(path, added);
  expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(4);
  expect(await batches(path)).toEqual(['jan ok', 'feb watch', 'mar ok']);
  const history = await readHistory(path);
  expect(entriesBefore(history, 'feb').map(({ batch }) => batch)).toEqual(['jan']);
  expect(entriesBefore(history, 'apr')).toHaveLength(3);
});

test('a line that a killed writer left half is ignored, and the next begins on one of its own', async () => {
  const path = await file();
  await append(path, entry('jan'));
  await appendFile(path, JSON.stringify(entry('feb')).slice(0, 40));
  expect(await batches(path)).toEqual(['jan ok']);
  await append(path, entry('mar'));
  expect(await batches(path)).toEqual(['jan ok', 'mar ok']);
});

test('another file’s line is named by its number', async () => {
  const path = await file();
  await writeFile(path, `${JSON.stringify(entry('jan'))}\n{"level":30}\n`);
  await expect(readHistory(path)).rejects.toMatchObject({ code: 'DATA_MALFORMED', message: expect.stringContaining(`${path}:2 `) });
});
