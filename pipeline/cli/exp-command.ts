import type { Command } from './command.ts';
import { configOptions, jsonOption } from './command-options.ts';

/** Studies: many runs that differ as a file declares. */
export const exp: Command = {
  name: 'exp',
  summary: 'Run a declared study, list the studies, or compare two',
  details:
    'A study is experiments/NAME/study.yaml: settings to vary, a metric to judge by, and how to search. Each trial is a run of the pipeline as far as the metric needs it, so trials share what is the same for all. A study that was ended in any way goes on where it was when it is run again. exp diff takes NAME, or NAME@VARIANT as exp ls prints it.',
  positionals: [
    { name: 'action', required: true, choices: ['run', 'ls', 'diff'], describe: 'run, ls or diff' },
    { name: 'study', describe: 'run: the study; diff: the first of two' },
    { name: 'other', describe: 'diff: the study to compare with it' },
  ],
  options: {
    ...configOptions,
    ...jsonOption,
    jobs: {
      type: 'number',
      alias: 'j',
      value: 'N',
      describe: 'most stages at once within a trial [default: the cores of the machine]',
    },
    save: { type: 'boolean', describe: 'write the table beside the study, as experiments/NAME/result.md' },
    'no-mlflow': { type: 'boolean', describe: 'keep the trials in the store only' },
  },
  examples: [
    ['sluice exp run models -c configs/ci.yaml', 'all trainers on the same made-up rows'],
    ['sluice exp run tuning -S source.kind=csv -S source.dir=data --save', 'on real tables, with the table kept'],
    ['sluice exp diff models@1a2b3c4d models', 'the same study on other data or with other code'],
  ],
  interruptible: true,
  load: async () => (await import('./commands/exp.ts')).expCommand,
};
