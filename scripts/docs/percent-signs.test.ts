import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

async function pages(): Promise<readonly string[]> {
  const folders = ['docs', 'stages', 'serving', 'experiments', 'pipeline', 'configs', 'bench'];
  const found = await Promise.all(
    folders.map(async (folder) => (await readdir(join(root, folder), { recursive: true })).map((file) => join(folder, file))),
  );
  return ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...found.flat().filter((file) => file.endsWith('.md'))];
}

/** Numbers of an English text with a space before %: a code block prints what a program wrote, and French has a comma and the space. */
function spaced(page: string): readonly string[] {
  const prose = page.replaceAll(/^\s*```.*?^\s*```/gms, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/[\d.,–-]*\d[ \u00a0\u202f]%/g)].map(([text]) => text).filter((text) => !/^\d+,\d{1,2}\D/.test(text));
}

test('pages write 95%, as all that a user reads in English', async () => {
  expect(spaced('5 to 10 % and `20 %`, in French 9,1 %; 4,900 %\n```\n30 %\n```\n')).toEqual(['10 %', '4,900 %']);
  const faults: Record<string, readonly string[]> = {};
  for (const file of await pages()) {
    const found = spaced(await readFile(join(root, file), 'utf8'));
    if (found.length > 0) faults[file] = found;
  }
  expect(faults).toEqual({});
});
