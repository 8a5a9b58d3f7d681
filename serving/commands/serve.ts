import type { ProjectCommand } from '../../pipeline/index.ts';

/** `sluice serve`: the scoring API and the officer's page on the registered champion. */
export const serveCommand: ProjectCommand = {
  name: 'serve',
  summary: 'Serve scores, explanations and decisions of the registered champion, and the officer’s page',
  details:
    'The champion is models:/credit-scoring@champion of the config’s tracking server, its files proven by the registered digests; without the server, the last one that was proven here. A promoted model takes over without a restart. Log lines are JSON on standard error and hold nothing of an applicant. The first start makes keys for an officer, a reviewer and an admin and prints them once. Ctrl-C finishes what is under way.',
  options: {
    config: { type: 'string', alias: 'c', value: 'FILE', describe: 'the config whose tracking server is asked' },
    set: { type: 'string', alias: 'S', many: true, value: 'key=value', describe: 'a value of the config' },
    host: { type: 'string', value: 'HOST', default: '127.0.0.1', describe: 'the address to listen on' },
    port: { type: 'string', value: 'PORT', default: '8000', describe: 'the port to listen on; 0 for any that is free' },
    book: {
      type: 'string',
      value: 'FOLDER',
      describe: 'the applicants to serve, as a folder of raw tables (CSV, .csv.gz, zip or Parquet) [default: those of the last run]',
    },
    'reject-tolerance': {
      type: 'number',
      value: 'SHARE',
      describe: 'share of the rows of a table of --book that may be set aside where they cannot be read; /ready says which [default: 0]',
    },
    keys: { type: 'string', value: 'FILE', describe: 'the file of keys [default: serving/keys.json of the artifacts]' },
    decisions: {
      type: 'string',
      value: 'PLACE',
      describe: 'the decision log: a file, or postgres://… [default: $SLUICE_DECISIONS, else serving/decisions.sqlite of the artifacts]',
    },
    rate: { type: 'number', value: 'N', describe: 'calls that a key may make in a minute [default: 600000]' },
    'body-limit': { type: 'number', value: 'BYTES', describe: 'largest body [default: 4194304]' },
    timeout: { type: 'number', value: 'SECONDS', describe: 'longest that an answer may take [default: 30]' },
    'log-level': { type: 'string', choices: ['debug', 'info', 'warn', 'error'], default: 'info', describe: 'what is logged' },
  },
  examples: [
    ['sluice serve', 'on http://127.0.0.1:8000, with the last run’s applicants'],
    ['sluice serve --book ../home-credit', 'the same champion, with the applicants of another folder'],
    ['SLUICE_DECISIONS=postgres://sluice@db/credit sluice serve --keys /etc/sluice/keys.json', 'decisions in PostgreSQL'],
  ],
  ending: 'finishing the calls that are under way',
  load: () => import('../api/command/serve-command.ts'),
};
