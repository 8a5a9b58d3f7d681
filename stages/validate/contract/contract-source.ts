import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { folderSource } from '../../../pipeline/index.ts';

/** The `contract` section of a config. */
export const contractSection = z.strictObject({
  file: z
    .string()
    .default('configs/contracts/home-credit.yaml')
    .describe('the data contract, a YAML file; docs/reference/contracts.md describes it'),
});

const fileOf = (config: Readonly<Record<string, unknown>>): string => contractSection.parse(config['contract'] ?? {}).file;

/** The contract's file as an input, so that an edit of it reruns the stage and nothing else does. */
export const contractSource = folderSource({
  key: 'contract.file',
  locate: (config) => dirname(fileOf(config)),
  include: (name, config) => name === basename(fileOf(config)),
});
