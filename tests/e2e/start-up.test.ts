import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { buildCli, REPOSITORY } from '../../pipeline/testing/real-cli.ts';

const dist = join(REPOSITORY, 'dist');

beforeAll(buildCli);

/** Packages that a built module loads before it does anything, through the chunks that it imports. */
function loadedBy(name: string, seen: Set<string> = new Set()): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const specifiers = [
    ...readFileSync(join(dist, name), 'utf8').matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)"|^import "([^"]+)"/gm),
  ].map((match) => match[1] ?? match[2] ?? '');
  return specifiers.flatMap((specifier) => (specifier.startsWith('./') ? loadedBy(specifier.slice(2), seen) : [specifier]));
}

/** The chunk that `main` imports when an answer can be told from what is kept. */
function fastChunk(name: 'tryFastStatus' | 'tryFastRun'): string {
  const chunk = new RegExp(String.raw`import\("\./([^"]+)"\)\)?\)?\.${name}`).exec(readFileSync(join(dist, 'cli.mjs'), 'utf8'))?.[1];
  if (chunk === undefined) throw new Error('cli.mjs does not import what goes by kept answers lazily');
  return chunk;
}

test.each(['tryFastStatus', 'tryFastRun'] as const)('the command line and %s load nothing but Node’s own modules', (name) => {
  const packages = [...loadedBy('cli.mjs'), ...loadedBy(fastChunk(name))].filter((specifier) => !specifier.startsWith('node:'));
  expect(packages).toEqual([]);
});

test('the library, which every graph imports, loads no engine with it: a static import of DuckDB cost each command 0.1 s', () => {
  const packages = new Set(loadedBy('index.mjs').filter((specifier) => !specifier.startsWith('node:')));
  expect([...packages].toSorted()).toEqual(['koffi', 'zod']);
});

test('the check can fail: planning does load packages', () => {
  const chunk = /import\("\.\/([^"]+)"\)\)?\)?\.planCommand/.exec(readFileSync(join(dist, 'cli.mjs'), 'utf8'))?.[1] ?? '';
  expect(loadedBy(chunk)).toContain('zod');
});
