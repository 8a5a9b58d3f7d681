import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { errorCodes } from './codes.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reference/errors.md'), 'utf8');
const entries = page
  .split(/^### /m)
  .slice(1)
  .map((entry) => ({ code: entry.slice(0, entry.indexOf('\n')), text: entry }));

test('every code has an entry, and every entry is a code', () => {
  expect(entries.map(({ code }) => code).toSorted()).toEqual(Object.keys(errorCodes).toSorted());
});

test.each(Object.entries(errorCodes))('%s: its entry names the exit code, an example and what to do', (code, { exit, retryable }) => {
  const text = entries.find((entry) => entry.code === code)?.text ?? '';
  expect(text).toContain(retryable ? `Exit code ${exit}; trying again may help.` : `Exit code ${exit}.`);
  expect(text).toContain(`✖ ${code} `);
  expect(text).toMatch(/\*\*What to do\.\*\* .+/);
});
