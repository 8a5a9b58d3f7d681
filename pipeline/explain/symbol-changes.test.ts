import { expect, test } from '@jest/globals';
import { symbolChanges } from './symbol-changes.ts';

const BEFORE = `import { one } from './one.ts';
/** Counts. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + one);
export function step(by: number) {
  const twice = by * 2;
  return \`\${twice}
}\`;
}
interface Shape { readonly a: string }
export default async ({ params }: { params: Shape }) => range(params.a.length);
`;

const changes = async (after: string): Promise<readonly string[] | null> =>
  (await symbolChanges('a.ts', BEFORE, after))?.map(({ name, change, line }) => `${name} ${change}${line === null ? '' : ` ${line}`}`) ??
  null;

test.each([
  ['a comment', BEFORE.replace('Counts.', 'Counts up.')],
  ['a blank line', `\n\n${BEFORE}`],
  ['a type', BEFORE.replace('readonly a: string', 'readonly a: string; readonly b?: number')],
  ['the name of a local', BEFORE.replaceAll('twice', 'double').replaceAll('index', 'at')],
])('%s changes no symbol', async (_, after) => {
  expect(await changes(after)).toEqual([]);
});

test('names what changed, with its line now', async () => {
  expect(await changes(BEFORE.replace('by * 2', 'by * 3'))).toEqual(['step edited 4']);
  expect(await changes(`\n${BEFORE.replace('.length)', '.length + 1)')}`)).toEqual(['default edited 11']);
  expect(await changes(BEFORE.replaceAll('step', 'stride'))).toEqual(['stride added 4', 'step removed 4']);
  expect(await changes(BEFORE.replace('./one.ts', './two.ts'))).toEqual(['imports edited']);
});

test('has nothing to say of SQL, or of what does not compile', async () => {
  expect(await symbolChanges('a.sql', 'select 1', 'select 2')).toBeNull();
  expect(await symbolChanges('a.ts', 'const a = 1;', 'const a = ;')).toBeNull();
});
