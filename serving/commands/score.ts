import type { ProjectCommand } from '../../pipeline/index.ts';

/** `sluice score`: a whole book scored by the champion, outside any run. */
export const scoreCommand: ProjectCommand = {
  name: 'score',
  summary: 'Score a folder of raw tables, or a table of features, with the registered champion',
  details:
    'IN is a folder of Home Credit’s tables (CSV, .csv.gz, zip or Parquet), a zip archive of them, one such application table by itself, or a Parquet or CSV file with SK_ID_CURR and every feature of the model. OUT gets one row an applicant, by SK_ID_CURR: the numbers are those of the API, to the bit. What is killed goes on where it was when it is called again. docs/guides/score.md describes the columns.',
  positionals: [{ name: 'in', describe: 'folder or file to score', required: true }],
  options: {
    out: { type: 'string', value: 'FILE', describe: 'where the scores go: .parquet or .csv' },
    reasons: { type: 'boolean', describe: 'also the codes of the principal reasons of each refusal' },
    alias: { type: 'string', choices: ['champion', 'challenger'], default: 'champion', describe: 'which registered version scores' },
    json: { type: 'boolean', describe: 'a summary as one line of JSON on standard output' },
    config: { type: 'string', alias: 'c', value: 'FILE', describe: 'config file, for the tracking server' },
    set: { type: 'string', alias: 'S', many: true, value: 'key=value', describe: 'change one config key, such as tracking.uri=…' },
  },
  examples: [
    ['sluice score ../data --out scores.parquet', 'every applicant of a folder of raw tables'],
    ['sluice score application_test.csv --out scores.csv --reasons', 'forms alone, with reasons'],
  ],
  load: () => import('../batch/score-command.ts'),
};
