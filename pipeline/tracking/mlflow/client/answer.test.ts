import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { digits, fields, flag, listOf, number, oneOf, or, orEmpty, type Reader, text, turned, UnexpectedAnswer, whole } from './answer.ts';

const run = fields({
  info: fields({ id: text, at: or(number, 0), ended: or(flag, false) }),
  data: orEmpty(fields({ metrics: listOf(fields({ key: text, value: number })) })),
});

test('what MLflow leaves out is filled in, and what it adds is left out', () => {
  expect(run({ info: { id: 'r', colour: 'red' }, more: 1 }, '')).toEqual({ info: { id: 'r', at: 0, ended: false }, data: { metrics: [] } });
});

test('numbers are read from text, versions from numbers', () => {
  const metrics = [{ key: 'a', value: 'NaN' }, { key: 'b', value: '-Infinity' }, { key: 'c', value: 1.5 }]; // prettier-ignore
  expect(run({ info: { id: 'r', at: '1795694772114' }, data: { metrics } }, '')).toEqual({
    info: { id: 'r', at: 1795694772114, ended: false },
    data: { metrics: [{ key: 'a', value: NaN }, { key: 'b', value: -Infinity }, { key: 'c', value: 1.5 }] }, // prettier-ignore
  });
  expect(digits(3, '')).toBe('3');
  expect(turned(listOf(digits), (all) => all.length)(['1', 2], '')).toBe(2);
});

test.each<[string, Reader<unknown>, unknown, string]>([
  ['no object', run, '<html>', 'the answer is not an object'],
  ['nothing', run, undefined, 'the answer is not an object'],
  ['a list', run, [], 'the answer is not an object'],
  ['a missing text', run, { info: {} }, 'info.id is not a text'],
  ['null', run, { info: { id: null } }, 'info.id is not a text'],
  ['an entry of a list', run, { info: { id: 'r' }, data: { metrics: [{ key: 'a', value: 1 }, { key: 'b' }] } }, 'data.metrics[1].value is not a number'], // prettier-ignore
  ['no list', listOf(text), 'a', 'the answer is not a list'],
  ['a text that is no flag', run, { info: { id: 'r', ended: 'no' } }, 'info.ended is not true or false'],
  ['an empty number', number, ' ', 'the answer is not a number'],
  ['a word for a number', run, { info: { id: 'r', at: 'yesterday' } }, 'info.at is not a number'],
  ['null for a number', number, null, 'the answer is not a number'],
  ['a fraction for a whole number', fields({ at: whole }), { at: 1.5 }, 'at is not a whole number'],
  ['a text for a whole number', whole, '1', 'the answer is not a whole number'],
  ['a value of no list', oneOf('ACTIVE', 'DISABLED'), 'OFF', 'the answer is not one of ACTIVE, DISABLED'],
])('%s is named', (_, read, answer, message) => {
  expect(() => read(answer, '')).toThrow(message);
  expect(() => read(answer, '')).toThrow(UnexpectedAnswer);
});

test('a field of an object’s own prototype is not taken for one that was sent', () => {
  expect(() => fields({ toString: text })({}, '')).toThrow('toString is not a text');
});

test('the client needs nothing but Node', async () => {
  const entry = join(import.meta.dirname, 'index.ts');
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    packages: 'external',
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported).toContain('node:http');
  expect(imported.filter((path) => !isBuiltin(path))).toEqual([]);
});
