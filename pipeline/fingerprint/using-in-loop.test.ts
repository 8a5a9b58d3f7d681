import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { refuseUsingInLoop } from './using-in-loop.ts';

const LINE = '      using db = open(name);';

function refusal(text: string): number | null {
  try {
    refuseUsingInLoop('/p/run.ts', text);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'GRAPH_LOAD', hint: expect.stringContaining('function of its own') });
    return (error as { at: { line: number } }).at.line;
  }
}

test.each([
  ['for … of', `for (const name of names) {\n  try {\n${LINE}\n  } catch {}\n}`],
  ['while, within an if', `while (more()) {\n  if (x) { try { if (y) {\n${LINE}\n } } catch (e) { log(e); } } }`],
  ['do', `do {\n  try {\n    await using db = open();\n  } catch { /* { */ }\n} while (x);`],
  ['for await, inside a method', `class A { async go() {\n for await (const x of y) { try {\n${LINE}\n } catch {} } } }`],
])('what the bundler gets wrong is refused with its line: %s', (_, text) => {
  expect(refusal(text)).toBe(3);
});

test.each([
  ['a function in the loop', `for (const name of names) { try { await (async () => {\n${LINE}\n})(); } catch {} }`],
  ['a method in the loop', `for (const n of names) { try { ({ go(): Promise<void> {\n${LINE}\n} }).go(); } catch {} }`],
  ['a loop without a catch', `for (const name of names) {\n${LINE}\n try { x(); } catch {} }`],
  ['a try without a catch', `for (const name of names) { try {\n${LINE}\n} finally { x(); } }`],
  ['a catch around the loop', `try { for (const name of names) {\n${LINE}\n} } catch {}`],
  ['no loop', `try {\n${LINE}\n} catch {}`],
  ['a comment and a text', `for (;;) { try { // using db = x\n const s = 'using db = x'; } catch {} }`],
])('the rest is left alone: %s', (_, text) => {
  expect(refusal(text)).toBeNull();
});

test('none of the sources of this repository has it, whether or not they are looked at when they are bundled', () => {
  const found = ['pipeline', 'stages', 'serving'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
      const path = join(folder, name);
      return name.endsWith('.ts') &&
        !name.includes('node_modules') &&
        !name.endsWith('.test.ts') &&
        refusal(readFileSync(path, 'utf8')) !== null
        ? [path]
        : [];
    }),
  );
  expect(found).toEqual([]);
});
