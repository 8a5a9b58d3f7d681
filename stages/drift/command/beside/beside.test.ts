import { copyFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { tableArtifact } from '../../../../pipeline/testing/run-body.ts';
import { commandContext } from '../../testing/run-command.ts';
import { smallModelFolder } from '../../testing/small-model.ts';
import { compareBatches, type Compared } from '../compare-batches.ts';
import { openDatabase } from '../open-database.ts';
import { readPolicy } from '../policy.ts';

const u = (seed: number): string => `((hash(i * 7 + ${seed}) % 100003) / 100003.0)::double`;

/** As many rows as a thread is worth, some of them without a value or infinite, few with an outcome. */
function batch(rows: number, seed: number): string {
  return `select i::integer as SK_ID_CURR, ${u(seed)} * 3 as x, case when i % 11 > 0 then ${u(seed + 1)} when i % 2 = 0 then 'inf'::double end as y,
    'ë' || floor(${u(seed + 2)} * 4) as level, case when i % 40 = 0 then (${u(seed + 3)} < 0.1)::tinyint end as TARGET, 0.2 * ${u(seed + 4)} as probability from range(${rows}) t(i)`;
}

let [reference, current, model] = ['', '', ''];
beforeAll(async () => {
  reference = await tableArtifact(batch(50_000, 1));
  current = await tableArtifact(batch(3000, 9001));
  model = await smallModelFolder();
  await copyFile(await tableArtifact(`select SK_ID_CURR, probability from (${batch(50_000, 1)})`), join(model, 'oof.parquet'));
  await writeFile(join(model, 'calibrator.json'), JSON.stringify({ method: 'platt', a: 1.1, b: 0.1 }));
});

async function compared(processors: number, signal = new AbortController().signal): Promise<{ result: Compared; bundles: number }> {
  const database = { threads: processors, tempDir: tmpdir() };
  let bundles = 0;
  const context = commandContext({ reference, current, model }, { signal });
  const counted = {
    ...context,
    bundle: (file: string) => {
      bundles++;
      return context.bundle(file);
    },
  };
  using db = await openDatabase(database);
  signal.addEventListener('abort', () => db.interrupt(), { once: true });
  const result = await compareBatches(db, { context: counted, policy: readPolicy(undefined), entryOf: () => null, database });
  return { result, bundles };
}

test('columns and likeness judged in threads of their own: the same bytes as without any', async () => {
  const alone = await compared(1);
  const beside = await compared(3);
  expect([alone.bundles, beside.bundles]).toEqual([0, 2]);
  expect(alone.result.result.estimate?.weighted).not.toBeNull();
  expect(JSON.stringify(beside.result)).toBe(JSON.stringify(alone.result));
}, 240_000);

test('stopped in the middle, the threads end and the comparison with them', async () => {
  const stop = new AbortController();
  const running = compared(2, stop.signal);
  setTimeout(() => stop.abort(), 300);
  await expect(running).rejects.toThrow(/interrupt|abort/i);
}, 240_000);
