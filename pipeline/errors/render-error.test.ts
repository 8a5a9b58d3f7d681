import { expect, test } from '@jest/globals';
import { makePaint } from '../util/paint.ts';
import { renderError } from './render-error.ts';

const plain = { paint: makePaint(false), cwd: '/project' };

test('place, line, squiggle and hint stand below the message', () => {
  const at = { file: '/project/configs/a.yaml', line: 12, column: 5, text: '    etaa: 0.1', length: 4 };
  expect(renderError({ code: 'CONFIG_UNKNOWN_KEY', message: '"etaa" is not a key.', at, hint: 'Keys: eta.' }, plain)).toBe(
    [
      '✖ CONFIG_UNKNOWN_KEY "etaa" is not a key.',
      '  at configs/a.yaml:12:5',
      '  12 │     etaa: 0.1',
      '     │     ~~~~',
      '  → Keys: eta.',
    ].join('\n'),
  );
});

test('a flag has no line, a file elsewhere keeps its path, a stage is named', () => {
  const flag = { file: 'command line', column: 4, text: '-S a=1', length: 1 };
  expect(renderError({ code: 'CONFIG_VALUE', message: 'no', at: flag }, plain)).toBe(
    '✖ CONFIG_VALUE no\n  at command line\n   │ -S a=1\n   │    ~',
  );
  expect(renderError({ code: 'DATA_BAD_VALUE', message: 'no', stage: 'ingest', at: { file: '/data/x.csv', line: 3 } }, plain)).toBe(
    '✖ DATA_BAD_VALUE ingest: no\n  at /data/x.csv:3',
  );
});

test('the stack is shown only when asked for, and the other complaints follow the first', () => {
  const error = {
    code: 'STAGE_FAILED' as const,
    message: 'boom',
    stack: 'Error: boom\n    at run (/a.ts:1:2)',
    data: { others: [{ code: 'CONFIG_VALUE', message: 'too' }] },
  };
  expect(renderError(error, plain)).toBe('✖ STAGE_FAILED boom\n✖ CONFIG_VALUE too');
  expect(renderError(error, { ...plain, stack: true })).toBe('✖ STAGE_FAILED boom\n      at run (/a.ts:1:2)\n✖ CONFIG_VALUE too');
});
