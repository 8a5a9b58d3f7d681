import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { createPrng } from '../../stages/metrics/prng.ts';
import { openLog } from './open-log.ts';
import { hasPostgres, startPostgres } from './testing/postgres-server.ts';
import { verifyLog } from './verify-log.ts';

/** Writers killed, a log; more with SLUICE_KILLS. */
const KILLS = Number(process.env['SLUICE_KILLS'] ?? 6);
const WRITERS = 2;

const root = join(import.meta.dirname, '../..');
const program = join(root, '.sluice', 'scripts', `append-until-killed-${process.pid}.mjs`);
let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-killed-'));
  const entry = join(import.meta.dirname, 'testing/append-until-killed.ts');
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', loader: { '.sql': 'text' } } as const;
  await build({ ...options, entryPoints: [entry], outfile: program });
});
afterAll(() => Promise.all([rm(program, { force: true }), rm(dir, { recursive: true, force: true })]));

/** What a writer said that it had logged: hash by id. Only whole lines count. */
function acknowledged(writer: ChildProcess): () => ReadonlyMap<number, string> {
  let text = '';
  writer.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => new Map([...text.matchAll(/^(\d+) ([0-9a-f]{64})\n/gm)].map(([, id = '', hash = '']) => [Number(id), hash]));
}

/** Two writers on one log, each killed in the middle of it, again and again. */
async function expectNothingLost(place: string): Promise<void> {
  const prng = createPrng(9);
  const acks = new Map<number, string>();
  for (let round = 0; round < KILLS / WRITERS; round++) {
    const writers = Array.from({ length: WRITERS }, () =>
      spawn(process.execPath, [program, place], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const said = writers.map(acknowledged);
    const before = acks.size;
    while (said.some((each) => each().size === 0)) await sleep(5);
    for (const writer of writers) {
      await sleep(60 * prng.next());
      const closed = once(writer, 'close');
      writer.kill('SIGKILL');
      await closed;
    }
    for (const each of said) for (const [id, hash] of each()) acks.set(id, hash);
    expect(acks.size).toBeGreaterThan(before);
    const log = await openLog(place);
    const verification = await verifyLog(log);
    expect(verification.findings).toEqual([]);
    for (const [id, hash] of acks) expect(await log.get(id)).toMatchObject({ id, hash });
    // Beyond what was acknowledged there is at most what each writer was at when it died.
    expect(verification.decisions).toBeLessThanOrEqual(acks.size + (round + 1) * WRITERS);
    await log.close();
  }
}

test('writers killed with -9 in mid-write lose nothing that was acknowledged, and the chain holds (SQLite)', async () => {
  await expectNothingLost(join(dir, 'decisions.sqlite'));
});

const name = hasPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: no server under /usr/lib/postgresql/15)';
(hasPostgres ? test : test.skip)(`so with ${name}`, async () => {
  await using server = await startPostgres();
  await expectNothingLost(server.uri);
});
