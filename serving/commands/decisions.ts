import type { ProjectCommand } from '../../pipeline/index.ts';

/** `sluice decisions`: whether the log is as it was written, and whether its models would decide so again. */
export const decisionsCommand: ProjectCommand = {
  name: 'decisions',
  summary: 'Check the log of officers’ decisions, or score past ones again by the model of the time',
  details:
    'verify reads the whole chain and names every decision that was changed, removed or put elsewhere; exit code 6 where there is one. replay scores the logged raw rows again and compares to the bit: feature row, margin, probability, threshold, decision, reasons; exit code 6 where one differs, 1 where a model is not kept any more. list prints decisions, newest first. docs/guides/api.md says what is logged.',
  positionals: [
    { name: 'action', describe: 'what to do', required: true, choices: ['verify', 'replay', 'list'] },
    { name: 'id', describe: 'the decision to replay or to list' },
  ],
  options: {
    decisions: {
      type: 'string',
      value: 'PLACE',
      describe: 'the log: a file, or postgres://… [default: $SLUICE_DECISIONS, else serving/decisions.sqlite of the artifacts]',
    },
    all: { type: 'boolean', describe: 'replay every decision' },
    head: {
      type: 'string',
      value: 'ID:HASH',
      describe: 'a head that was noted earlier: verify then finds an end that was rewritten as a whole',
    },
    limit: { type: 'number', value: 'N', describe: 'decisions to list [default: 20]' },
    json: { type: 'boolean', describe: 'one JSON object a line on standard output' },
  },
  examples: [
    ['sluice decisions verify', 'says the head, to be noted elsewhere'],
    ['sluice decisions verify --head 41:9f2c…', 'nothing up to decision 41 was rewritten since'],
    ['sluice decisions replay --all', 'every past decision, bit for bit'],
  ],
  load: () => import('../decisions/command/decisions-command.ts'),
};
