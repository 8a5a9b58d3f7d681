import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { ManyBundles } from './bundle-many.ts';
import { RACY_MS } from './file-stamp.ts';

/** More than one call of the bundler takes at first. */
const COUNT = 60;

async function project(): Promise<{ readonly entries: readonly string[]; readonly bundles: () => ManyBundles; readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-many-'));
  const entries = Array.from({ length: COUNT }, (_, index) => join(dir, `${index}.ts`));
  await Promise.all(entries.map((entry, index) => writeFile(entry, `export default async () => ${index};\n`)));
  await sleep(2 * RACY_MS); // the stamp of a file that was just written proves nothing
  return { dir, entries, bundles: () => new ManyBundles({ projectDir: dir, cacheDir: join(dir, '.sluice'), refuseUntracked: true }) };
}

describe('bundles of many modules', () => {
  test('the first are there before the last are made, and the next command need not make them', async () => {
    const { entries, bundles } = await project();
    const [first = '', last = ''] = [entries[0], entries.at(-1)];
    const many = bundles();
    many.prepare(entries);
    const one = await many.get(first);
    expect(many.made().has(last)).toBe(false);
    await many.done();
    expect(many.made().size).toBe(COUNT);
    const next = bundles();
    next.prepare(entries);
    expect(next.made().size).toBe(COUNT); // at once
    expect((await next.get(first)).digest).toBe(one.digest);
  });

  test('those that a stop leaves out are made when they are asked for, and one that does not compile says why', async () => {
    const { dir, entries, bundles } = await project();
    const [first = '', last = ''] = [entries[0], entries.at(-1)];
    const many = bundles();
    many.prepare(entries);
    many.stop();
    await many.done();
    expect(many.made().size).toBe(0);
    expect((await many.get(last)).digest).toHaveLength(64);
    await writeFile(first, 'export default async ( => 1;\n');
    await rm(join(dir, '.sluice'), { recursive: true });
    const again = bundles();
    again.prepare(entries);
    await expect(again.get(first)).rejects.toMatchObject({ code: 'GRAPH_LOAD', at: { file: '0.ts', line: 1 } });
    await expect(again.get(entries[1] ?? '')).resolves.toMatchObject({ packages: [] });
    await again.done();
  });
});
