import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fittedCatalogueOf } from '../../stages/encode/catalogue/fitted-catalogue.ts';
import { FITTED_FAMILIES } from '../../stages/encode/family-names.ts';
import { catalogue, coreCatalogue } from '../../stages/features/catalogue/all-features.ts';
import { TAKE_CATEGORIES } from '../../stages/train/params.ts';

const root = join(import.meta.dirname, '../..');

test.each([
  ['README.md', `${catalogue.length} columns a client`],
  ['README.md', `${fittedCatalogueOf(FITTED_FAMILIES).length} columns fitted on the book`],
  ['stages/features/README.md', `${catalogue.length} features`],
  ['docs/reference/config.md', `the core of ${coreCatalogue.length} columns`],
  ['docs/reference/config.md', `trainers that split by sets of them: ${[...TAKE_CATEGORIES].join(', ')}`],
])('%s says of columns what the code says: %s', async (page, count) => {
  expect(await readFile(join(root, page), 'utf8')).toContain(count);
});
