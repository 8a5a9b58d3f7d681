import type { OptionSpec } from './command.ts';

/** Options that several commands share. */
export const configOptions = {
  config: {
    type: 'string',
    alias: 'c',
    value: 'FILE',
    describe: 'config file [default: the "sluice".config of package.json, else configs/home-credit.yaml]',
  },
  set: { type: 'string', alias: 'S', many: true, value: 'key=value', describe: 'change one config key, such as params.train.eta=0.1' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const selectionOptions = {
  from: { type: 'string', value: 'STAGE', describe: 'only this stage and what depends on it' },
  to: { type: 'string', value: 'STAGE', describe: 'only this stage and what it needs' },
  only: { type: 'boolean', describe: 'only the stages named, on the last good outputs of what they need' },
  force: {
    type: 'string',
    many: true,
    value: 'STAGE',
    valueOptional: true,
    describe: 'run again even where nothing changed: all selected stages, or those named with --force=STAGE',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const jsonOption = { json: { type: 'boolean', describe: 'data for machines on standard output' } } as const satisfies Readonly<
  Record<string, OptionSpec>
>;
