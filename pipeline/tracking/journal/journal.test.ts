import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openJournal, writeOperations } from './journal.ts';
import type { Operation } from './operation.ts';

const operations: readonly Operation[] = [
  { kind: 'experiment.ensure', name: 'e' },
  { kind: 'run.create', token: 't', name: 'é', user: 'u', startTime: 1 },
];

async function written(): Promise<{ readonly path: string; readonly text: string }> {
  const outbox = await mkdtemp(join(tmpdir(), 'sluice-journal-'));
  const { path } = await writeOperations(outbox, { key: 'k', title: 'a run', operations });
  return { path, text: await readFile(path, 'utf8') };
}

describe('a journal that is read back', () => {
  test('holds what was written; half a line at its end, and no more, is cut off', async () => {
    const { path, text } = await written();
    await appendFile(path, '{"type":"ack","index":0,"result":{}}\n{"type":"ack","ind');
    expect(await openJournal(path)).toMatchObject({ key: 'k', title: 'a run', operations, acknowledged: new Set([0]) });
    expect(await readFile(path, 'utf8')).toBe(`${text}{"type":"ack","index":0,"result":{}}\n`);
  });

  test.each<[string, (text: string) => string, string]>([
    ['of another version', (text) => text.replace('"schema":1', '"schema":2'), ':1'],
    ['with an operation of a kind that is not known', (text) => text.replace('experiment.ensure', 'experiment.guess'), ':2'],
    ['with a line that is no JSON', (text) => text.replace('"type":"operation"', '"type":'), ':2'],
    ['with a line of a type that is not known', (text) => `${text}{"type":"noise"}\n`, ':4'],
    ['with an index that is a text', (text) => `${text}{"type":"ack","index":"0","result":{}}\n`, ':4'],
    ['that lacks an operation', (text) => `${text.split('\n').slice(0, 2).join('\n')}\n`, '1 of 2 operations'],
    ['that is empty', () => '', '0 of ? operations'],
  ])('%s is refused, with its place', async (_, spoil, place) => {
    const { path, text } = await written();
    await writeFile(path, spoil(text));
    await expect(openJournal(path)).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining(place) as unknown,
    });
  });
});
