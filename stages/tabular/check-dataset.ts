import { didYouMean, SluiceError } from '../../pipeline/index.ts';
import { CLIENT, TARGET } from './dataset-columns.ts';
import type { Dataset } from './dataset-section.ts';

/** @throws SluiceError CONFIG_VALUE where the declaration contradicts itself */
export function checkDataset({ columns, groups, target, key }: Dataset): void {
  const names = Object.keys(columns);
  const refuse = (message: string, hint: string): never => {
    throw new SluiceError('CONFIG_VALUE', message, { hint });
  };
  for (const name of names) {
    const { kind, levels } = columns[name] ?? { kind: 'number', levels: [] };
    if (kind !== 'number' && levels.length === 0)
      refuse(`dataset.columns.${name} is of kind ${kind} and has no levels`, 'List its levels in the config.');
    if (new Set(levels).size < levels.length) refuse(`dataset.columns.${name}.levels names a level twice`, 'Leave one of the two.');
    if (name === target.column || name === key)
      refuse(
        `dataset.columns.${name} is the ${name === key ? 'key' : 'target'} as well`,
        'Take it out of dataset.columns: it is no feature.',
      );
    if (name === CLIENT || name === TARGET) refuse(`dataset.columns.${name}: the name is taken`, 'Rename the column in the file.');
  }
  for (const [name, { column, bands }] of Object.entries(groups)) {
    const found = columns[column];
    if (found === undefined)
      refuse(
        `dataset.groups.${name}.column is "${column}", which dataset.columns does not have.${didYouMean(column, names)}`,
        'Name a declared column.',
      );
    if (found?.kind === 'number' && bands.length === 0)
      refuse(`dataset.groups.${name} is made of the number ${column} and has no bands`, 'Say where its bands begin: bands: [25, 35, 45].');
  }
}
