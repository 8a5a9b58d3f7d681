import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadDefault } from '../util/load-default.ts';
import { runEsbuild } from './run-esbuild.ts';

const word = fc.stringMatching(/^[a-zA-Z]{1,12}$/).map((text) => `${text}Of`);
const names = fc.uniqueArray(word, { minLength: 6, maxLength: 6 });

/** The same work, its locals named by the given words, among comments, types and an export that nobody uses. */
function bodyNamed([outputs, params, sum, each, inner, type]: readonly string[], noise: string): string {
  return `
type ${type} = { readonly ${noise}: number };
/** ${noise.repeat(40)} */
export const unused${noise} = (${noise}: string) => [${noise}, '${noise.repeat(20)}'];
function ${inner}({ value: ${each} }: { value: number }): number { let ${sum} = ${each} * 2; ${sum} += 1; return ${sum}; }
export default async ({ outputs: ${outputs}, params: ${params} }) => {
  let ${sum}: number = 0;
  for (const ${each} of ${params}.list) ${sum} += ${inner}({ value: ${each} });
  try { await ${outputs}.v.write(${sum}); } catch (${each}) { throw ${each}; }
};
`;
}

async function codeOf(dir: string, text: string): Promise<string> {
  const entry = join(dir, 'run.ts');
  await writeFile(entry, text);
  return (await runEsbuild([entry], { projectDir: dir, cacheDir: join(dir, '.sluice') })).get(entry)?.code ?? '';
}

describe('the bytes of a bundle', () => {
  test('do not depend on what locals are called, on comments, types, or what nobody uses', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-names-'));
    const code = await codeOf(dir, bodyNamed(['outputs', 'params', 'sum', 'each', 'inner', 'T'], 'noise'));
    expect(code).toMatch(/value:/);
    await fc.assert(
      fc.asyncProperty(names, word, async (chosen, noise) => {
        expect(await codeOf(dir, bodyNamed(chosen, noise))).toBe(code);
      }),
      { numRuns: 40 },
    );
  });

  test('which locals are renamed does not: params and its local changed places once, and all letters with them', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-names-'));
    const one = 'export default async ({ outputs, params: pp }) => {\n  const renamed = pp.o.x;\n  await outputs.v.write(renamed);\n};\n';
    const two = 'export default async ({ outputs, params: qq }) => {\n\n  const other = qq.o.x; await outputs.v.write(other); };\n';
    expect(await codeOf(dir, two)).toBe(await codeOf(dir, one));
  });

  test('do depend on each name that the world can see', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-names-'));
    const code = await codeOf(dir, 'export default async ({ outputs, params }) => { await outputs.v.write(params.a + params.b); };\n');
    for (const other of ['params.b + params.a', 'params.a + params.a', 'params.b + params.b', 'params.b - params.a'])
      expect(await codeOf(dir, `export default async ({ outputs, params }) => { await outputs.v.write(${other}); };\n`)).not.toBe(code);
  });
});

test("a body of Node's own modules is a CommonJS module, and as strict as before; one that awaits at its top level or imports a package is none", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-names-'));
  const bodies = {
    plain:
      "import fs, { existsSync } from 'node:fs';\nexport default () => { Object.freeze(fs.constants).X = 1; return existsSync('/'); };\n",
    awaits: 'export default await Promise.resolve(() => 1);\n',
    packaged: "import { z } from 'zod';\nexport default () => z;\n",
    places: 'export default () => import.meta.url;\n',
  };
  const entries = await Promise.all(
    Object.entries(bodies).map(async ([name, text]) => {
      await writeFile(join(dir, `${name}.ts`), text);
      return join(dir, `${name}.ts`);
    }),
  );
  const built = await runEsbuild(entries, { projectDir: dir, cacheDir: join(dir, '.sluice') });
  expect(entries.map((entry) => built.get(entry)?.format)).toEqual(['cjs', 'esm', 'esm', 'esm']);
  await writeFile(join(dir, 'plain.cjs'), built.get(entries[0] ?? '')?.code ?? '');
  const body = await loadDefault(join(dir, 'plain.cjs'));
  expect(body).toThrow(TypeError);
  await writeFile(join(dir, 'awaits.mjs'), built.get(entries[1] ?? '')?.code ?? '');
  expect(await loadDefault(join(dir, 'awaits.mjs'))).toBeInstanceOf(Function);
});

test('an import for its effects, in a package without any, is refused with its line: it was dropped in silence', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-names-'));
  await writeFile(join(dir, 'package.json'), '{"type":"module","sideEffects":false}');
  await writeFile(join(dir, 'setup.ts'), 'globalThis.ready = 1;\n');
  const body = "import './setup.ts';\nexport default async () => {};\n";
  await expect(codeOf(dir, body)).rejects.toMatchObject({
    code: 'GRAPH_LOAD',
    message: expect.stringContaining('does nothing'),
    at: { line: 1 },
  });
  await writeFile(join(dir, 'package.json'), '{"type":"module","sideEffects":["./setup.ts"]}');
  expect(await codeOf(dir, body)).toContain('ready');
});
