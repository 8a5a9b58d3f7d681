import type { ProjectCommand } from '../../pipeline/index.ts';

/** `sluice drift`: two batches compared outside any run, for CI and cron. */
export const driftCommand: ProjectCommand = {
  name: 'drift',
  summary: 'Compare a batch with a reference and say whether to act, by exit code',
  details:
    'Both parts are a Parquet or CSV file, or a folder of such files of one table. Exit codes: 0 nothing to do or watch, 2 act (retrain), 3 the data contract is broken (do not score), 4 too few rows to judge, 1 the comparison failed, 64 usage or config error. docs/reference/drift.md describes verdicts, policy file, history and outputs.',
  options: {
    reference: {
      type: 'string',
      value: 'PATH',
      describe: 'what the model was made from, another batch that was in order, or a profile of one',
    },
    current: { type: 'string', value: 'PATH', describe: 'the batch to judge' },
    model: {
      type: 'string',
      value: 'MODEL',
      describe:
        'score both parts: "latest" for the last good model of the store, or a folder with model.*, summary.json, calibrator.json, decision.json',
    },
    score: { type: 'string', value: 'COLUMN', describe: 'the column that holds a model’s probability already, instead of --model' },
    target: {
      type: 'string',
      value: 'COLUMN',
      default: 'TARGET',
      describe: 'the column of outcomes, 1 for default: in the reference it gives the estimate of the cost, in the batch the realised one',
    },
    ignore: {
      type: 'string',
      many: true,
      value: 'COLUMN',
      describe: 'a key, label or date that is not compared, besides SK_ID_CURR and TARGET',
    },
    mode: { type: 'string', choices: ['0.4', '0.7'], default: '0.7', describe: 'which Evidently’s types and bins' },
    policy: { type: 'string', value: 'FILE', describe: 'YAML with limits, confirmation over batches and waivers' },
    history: {
      type: 'string',
      value: 'FILE',
      describe: 'append this batch to a file of one JSON line a batch, and judge with those before',
    },
    batch: { type: 'string', value: 'NAME', describe: 'the name of the batch in the history [default: the file’s name]' },
    out: { type: 'string', value: 'FOLDER', describe: 'write drift.json and drift.html there' },
    'save-profile': {
      type: 'string',
      value: 'FILE',
      describe: 'write what later comparisons need of the reference: give that to --reference',
    },
    'columns-only': { type: 'boolean', describe: 'leave out the classifier that looks at all columns together' },
    lang: { type: 'string', choices: ['en', 'fr'], default: 'en', describe: 'the language of drift.html' },
    junit: { type: 'string', value: 'FILE', describe: 'write JUnit XML, one test case a rule' },
    markdown: { type: 'string', value: 'FILE', describe: 'append a summary in Markdown, such as to $GITHUB_STEP_SUMMARY' },
    'fail-on': { type: 'string', choices: ['act', 'watch'], default: 'act', describe: 'from which verdict on the exit code is 2' },
    json: { type: 'boolean', describe: 'the whole of drift.json on standard output' },
  },
  examples: [
    ['sluice drift --reference train.parquet --current 2026-11.parquet --out drift', 'a verdict in words, and a page'],
    ['sluice drift --reference train/ --current new.csv --history drift.ndjson --policy drift.yaml', 'act only when it lasts'],
  ],
  verdictCodes: true,
  load: () => import('./command/drift-command.ts'),
};
