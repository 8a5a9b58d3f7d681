import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FlightBoard } from './flight-board.ts';
import { isAlive, ownMark } from './process-mark.ts';

const key = { stage: 'train', name: 'train-1', work: 'w' };
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice flights é-'));
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

const board = (run: string): FlightBoard => new FlightBoard(dir, run);
const taken = async (run: string) => {
  const flight = await board(run).take(key);
  if (flight === null) throw new Error(`${run} did not get it`);
  return flight;
};

describe('a flight', () => {
  test('is one of its name, out of many who ask at once; after it has landed the next one may', async () => {
    const flights = (await Promise.all(Array.from({ length: 20 }, async (_, index) => board(`R${index}`).take(key)))).filter(
      (flight) => flight !== null,
    );
    expect(flights).toHaveLength(1);
    await flights[0]?.land({ type: 'end', outcome: 'dropped' });
    expect(await readdir(join(dir, 'flights'))).toEqual([]);
    await (await taken('R21')).land({ type: 'end', outcome: 'dropped' });
  });

  test('that was revoked can commit nothing, not even what it had all but renamed', async () => {
    const target = join(dir, 'manifest.json');
    const sleeper = await taken('SLEEPER');
    await writeFile(join(sleeper.dir, 'manifest'), 'sleeper');
    const seen = await board('OTHER').seen(key.name);
    expect(seen?.head).toMatchObject({ run: 'SLEEPER', stage: 'train', process: { pid: process.pid } });
    expect(seen !== null && (await board('OTHER').revoke(seen, false))).toBe(true);
    const successor = await taken('OTHER');
    await writeFile(join(successor.dir, 'manifest'), 'successor');
    await rename(join(successor.dir, 'manifest'), target);
    await expect(rename(join(sleeper.dir, 'manifest'), target)).rejects.toMatchObject({ code: 'ENOENT' });
    expect([await sleeper.isLost(), sleeper.lost.aborted, await successor.isLost()]).toEqual([true, true, false]);
    await sleeper.land({ type: 'end', outcome: 'done', fingerprint: 'f' });
    expect(await board('THIRD').take(key)).toBeNull();
    await successor.land({ type: 'end', outcome: 'done', fingerprint: 'f' });
    expect(await readFile(target, 'utf8')).toBe('successor');
  });

  test('is never revoked in place of the one that was judged lost', async () => {
    await taken('LOST');
    const seen = await board('A').seen(key.name);
    if (seen === null) throw new Error('not seen');
    expect(await board('A').revoke(seen, false)).toBe(true);
    const flight = await taken('A');
    expect(await board('B').revoke(seen, false)).toBe(false); // B judged the same flight, and comes late
    expect(await flight.isLost()).toBe(false);
    await flight.land({ type: 'end', outcome: 'dropped' });
  });
});

test('a process is known by its start, and only at its own place', () => {
  const mark = ownMark();
  expect(isAlive(mark)).toBe(true);
  expect(isAlive({ ...mark, started: '1' })).toBe(false); // its pid was given to another
  expect(isAlive({ ...mark, pid: 2 ** 22 + 1 })).toBe(false);
  expect(isAlive({ ...mark, place: 'another machine' })).toBeNull();
});
