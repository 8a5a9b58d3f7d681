import type { Command } from './command.ts';
import { configOptions, jsonOption, selectionOptions } from './command-options.ts';
import { exp } from './exp-command.ts';

const run: Command = {
  name: 'run',
  summary: 'Run the pipeline, or the stages named and what they need; unchanged stages are reused',
  details:
    'Events go to standard error for people, or with --json to standard output, one a line. Ctrl-C once ends the stages in order and keeps what is finished; twice kills.',
  positionals: [
    { name: 'stage', completes: ['stages'], many: true, describe: 'stages to make, with all they need; none means the whole graph' },
  ],
  options: {
    ...configOptions,
    ...selectionOptions,
    jobs: {
      type: 'number',
      alias: 'j',
      value: 'N',
      describe: 'most stages at once, as far as processors and memory go round [default: the cores of the machine]',
    },
    'keep-going': { type: 'boolean', describe: 'after a failure, still run the stages that do not need what failed' },
    frozen: { type: 'boolean', describe: 'run nothing: exit with 4 where a stage would have to run, or sluice.lock says otherwise' },
    lock: { type: 'boolean', describe: 'after a whole run that succeeds, write sluice.lock; where it is already, this happens by itself' },
    plan: { type: 'string', value: 'FILE', describe: 'run what sluice plan --out wrote; exit with 4 where anything has drifted since' },
    'no-wait': { type: 'boolean', describe: 'fail with 5 where another run is executing a stage, instead of joining it' },
    json: { type: 'boolean', describe: 'one event a line on standard output' },
  },
  examples: [
    ['sluice run', 'the whole graph with the default config'],
    ['sluice run train --force=train', 'make the model again, from the features that are there'],
    ['sluice run -S source.kind=csv -S source.dir=data', 'the same graph on a folder of CSV files'],
  ],
  interruptible: true,
  load: async () => (await import('./commands/run.ts')).runCommand,
};

const plan: Command = {
  name: 'plan',
  summary: 'Say what a run would do, stage by stage, and why',
  positionals: [{ name: 'stage', completes: ['stages'], many: true, describe: 'as for run' }],
  options: {
    ...configOptions,
    ...selectionOptions,
    ...jsonOption,
    'exit-code': { type: 'boolean', describe: 'exit with 4 when a stage would run' },
    out: {
      type: 'string',
      value: 'FILE',
      describe: 'write the plan for run --plan: config, code, packages, inputs and store as they are now',
    },
  },
  examples: [['sluice plan -S params.train.eta=0.1', 'what a changed learning rate would cost']],
  load: async () => (await import('./commands/plan.ts')).planCommand,
};

const why: Command = {
  name: 'why',
  summary: 'Say why a stage would run or be reused, down to the file, key, package or column that changed',
  details:
    'Compares the present with the last good work of the stage, or with --since with its work in a run. With --run it says why the stage ran, or was reused, in that run.',
  positionals: [{ name: 'stage', completes: ['stages'], required: true, describe: 'the stage to explain' }],
  options: {
    ...configOptions,
    ...jsonOption,
    since: { type: 'string', value: 'RUN', describe: 'compare with the work of this run' },
    run: { type: 'string', value: 'RUN', describe: 'explain what this run did' },
  },
  examples: [
    ['sluice why train', 'what changed since train last ran'],
    ['sluice why train --run latest', 'why it ran in the last run'],
  ],
  load: async () => (await import('./commands/why.ts')).whyCommand,
};

const status: Command = {
  name: 'status',
  summary: 'Say whether the outputs are up to date',
  options: {
    ...configOptions,
    ...jsonOption,
    quiet: { type: 'boolean', alias: 'q', describe: 'print nothing; exit with 4 when something is stale' },
  },
  examples: [['sluice status -q || sluice run', 'run only when something changed']],
  load: async () => (await import('./commands/status.ts')).statusCommand,
};

const graph: Command = {
  name: 'graph',
  summary: 'Show the stages and what flows between them',
  options: {
    ...configOptions,
    format: {
      type: 'string',
      choices: ['term', 'mermaid', 'dot', 'html', 'json'],
      default: 'term',
      describe: 'how to draw it; html is one page that shows what is stale',
    },
  },
  examples: [
    ['sluice graph --format html > graph.html', 'a page that needs nothing else'],
    ['sluice graph --format dot | dot -Tsvg > graph.svg', 'a picture by Graphviz'],
  ],
  load: async () => (await import('./commands/graph.ts')).graphCommand,
};

const runs: Command = {
  name: 'runs',
  summary: 'List the runs, the newest first',
  options: { ...jsonOption, last: { type: 'number', value: 'N', describe: 'only the newest N' } },
  load: async () => (await import('./commands/runs.ts')).runsCommand,
};

const show: Command = {
  name: 'show',
  summary: 'Show one run: outcomes, times, warnings, errors',
  positionals: [{ name: 'run', completes: ['runs'], describe: 'id of a run or the beginning of one; "latest" by default' }],
  options: { ...jsonOption, md: { type: 'boolean', describe: 'Markdown for the page of a job or a pull request' } },
  load: async () => (await import('./commands/show.ts')).showCommand,
};

const diff: Command = {
  name: 'diff',
  summary: 'Compare two runs: verdicts, metrics, params, data, code, packages',
  positionals: [
    { name: 'a', completes: ['runs'], describe: 'id of a run, the beginning of one, "latest" or "latest~1"; "latest~1" by default' },
    { name: 'b', completes: ['runs'], describe: 'the run to compare with it; "latest" by default' },
  ],
  options: { ...jsonOption, md: { type: 'boolean', describe: 'Markdown, for a comment on a pull request' } },
  examples: [
    ['sluice diff', 'the last run against the one before'],
    ['sluice diff latest~1 latest --md', 'the same, to paste into a review'],
  ],
  load: async () => (await import('./commands/diff.ts')).diffCommand,
};

const logs: Command = {
  name: 'logs',
  summary: 'Print what the stages of a run wrote',
  positionals: [
    { name: 'run', completes: ['runs'], describe: 'id of a run or the beginning of one; "latest" by default' },
    { name: 'stage', completes: ['stages'], describe: 'only this stage' },
  ],
  options: { follow: { type: 'boolean', alias: 'f', describe: 'go on printing until the run has ended' } },
  examples: [['sluice logs latest train -f', 'watch the training']],
  interruptible: true,
  load: async () => (await import('./commands/logs.ts')).logsCommand,
};

const report: Command = {
  name: 'report',
  summary: 'Put the HTML reports of a run into reports/ and print their paths',
  positionals: [{ name: 'run', completes: ['runs'], describe: 'id of a run or the beginning of one; "latest" by default' }],
  options: { open: { type: 'boolean', describe: 'open them in the browser' } },
  load: async () => (await import('./commands/report.ts')).reportCommand,
};

const path: Command = {
  name: 'path',
  summary: 'Print where the last good artifact of a port lies, for DuckDB or pandas to open',
  positionals: [{ name: 'port', completes: ['ports'], required: true, describe: 'STAGE.PORT, such as features.table' }],
  examples: [['duckdb -c "from read_parquet(\'$(sluice path features.table)\') limit 5"', 'look at the features']],
  load: async () => (await import('./commands/path.ts')).pathCommand,
};

const lineage: Command = {
  name: 'lineage',
  summary: 'Say of which data and code an artifact or a registered model was made',
  positionals: [
    {
      name: 'subject',
      completes: ['ports'],
      required: true,
      describe: 'STAGE.PORT, the beginning of a sha256, the path of a file (or of a copy of it), MODEL@VERSION or MODEL@ALIAS',
    },
  ],
  options: { ...configOptions, ...jsonOption },
  examples: [
    ['sluice lineage train.model', 'the last good model'],
    ['sluice lineage credit-scoring@champion', 'the model that decides now'],
  ],
  load: async () => (await import('./commands/lineage.ts')).lineageCommand,
};

const mlflow: Command = {
  name: 'mlflow',
  summary: 'Start, stop or ask the embedded MLflow server, or print its log',
  positionals: [{ name: 'action', required: true, choices: ['up', 'down', 'status', 'logs'], describe: 'up, down, status or logs' }],
  options: { ...configOptions, ...jsonOption, follow: { type: 'boolean', alias: 'f', describe: 'with logs: go on printing until Ctrl-C' } },
  examples: [
    ['sluice mlflow status --json', '{"uri": …, "running": true, "version": "3.17.2"}'],
    ['sluice mlflow logs -f', 'watch what the server says'],
  ],
  load: async () => (await import('./commands/mlflow.ts')).mlflowCommand,
};

const aliasOptions: Command['options'] = {
  alias: { type: 'string', value: 'ALIAS', default: 'champion', describe: 'the alias to move' },
  reason: { type: 'string', value: 'TEXT', describe: 'why; required, and kept with the version' },
  ...configOptions,
  ...jsonOption,
};

const promote: Command = {
  name: 'promote',
  summary: 'Make a registered version the champion on your word, with a reason that stays on record',
  details:
    'Runs move champion only where the gate passed. This is the other way: its files are compared with what was registered, the decision is written as a tag of the model, a tag of the version and a file of its run, the alias is read once more, moved and read back. Where somebody else has moved it meanwhile, nothing is forced.',
  positionals: [
    { name: 'model', required: true, describe: 'name in the registry, such as credit-scoring' },
    { name: 'version', required: true, describe: 'its number, or an alias that names it, such as challenger' },
  ],
  options: aliasOptions,
  examples: [['sluice promote credit-scoring 3 --alias champion --reason "committee of 12 May"', 'the model that decides from now on']],
  load: async () => (await import('./commands/promote.ts')).promoteCommand,
};

const rollback: Command = {
  name: 'rollback',
  summary: 'Give an alias back to the version that had it before its last move',
  details:
    'Takes back the last move on record, by a gate or by promote; run again, it takes back the one before. It is a decision like any other, with its reason.',
  positionals: [{ name: 'model', required: true, describe: 'name in the registry, such as credit-scoring' }],
  options: aliasOptions,
  examples: [['sluice rollback credit-scoring --reason "refuses too many since noon"', 'back to the champion before']],
  load: async () => (await import('./commands/promote.ts')).rollbackCommand,
};

const sync: Command = {
  name: 'sync',
  summary: 'Send to MLflow what runs kept while it could not be reached',
  options: { ...configOptions, ...jsonOption },
  load: async () => (await import('./commands/sync.ts')).syncCommand,
};

const doctor: Command = {
  name: 'doctor',
  summary: 'Check what Sluice needs on this machine, with the command that mends each',
  options: { ...jsonOption },
  load: async () => (await import('./commands/doctor.ts')).doctorCommand,
};

const watch: Command = {
  name: 'watch',
  summary: 'Run again, on each save, the stages that it affects',
  details:
    'Watches the sources of the graph, the config, the package files and the folders that stages read. A failing stage or a syntax error does not end it. Effects, such as registering a model, run only where a stage named needs them. sluice.lock is left as it is.',
  positionals: [
    {
      name: 'stage',
      completes: ['stages'],
      many: true,
      describe: 'stages to keep up to date, with all they need; none means all but the effects',
    },
  ],
  options: {
    ...configOptions,
    jobs: {
      type: 'number',
      alias: 'j',
      value: 'N',
      describe: 'most stages at once, as far as processors and memory go round [default: the cores of the machine]',
    },
  },
  examples: [['sluice watch features', 'while you write SQL']],
  interruptible: true,
  load: async () => (await import('./commands/watch.ts')).watchCommand,
};

const init: Command = {
  name: 'init',
  summary: 'Make a small typed pipeline in an empty folder',
  details:
    'Three stages with a gate, a config, data and a test, running at once: a place to start from. A package.json that is there already is kept.',
  positionals: [{ name: 'folder', describe: 'where; this folder by default' }],
  examples: [['sluice init my-pipeline', 'then: cd my-pipeline && npx sluice run']],
  load: async () => (await import('./commands/init.ts')).initCommand,
};

const verify: Command = {
  name: 'verify',
  summary: 'Read every byte of what is stored and say what is damaged; or execute a stage again and compare',
  details:
    'Nothing that was proven before is believed. A damaged blob is set aside and the exit code is 6; the next run makes it anew. --rerun executes the stage once more on the inputs on record, in a scratch folder, and names each port whose bytes differ with the first row and column, or line, that does; it commits nothing.',
  options: {
    ...configOptions,
    ...jsonOption,
    all: { type: 'boolean', describe: 'whatever any record names, not only the last good outputs' },
    rerun: { type: 'string', value: 'STAGE', describe: 'execute this stage again and compare' },
  },
  examples: [['sluice verify --rerun train', 'does training give the same model twice?']],
  interruptible: true,
  load: async () => (await import('./commands/verify.ts')).verifyCommand,
};

const gc: Command = {
  name: 'gc',
  summary: 'Remove what nothing needs any more, saying of each object why it lives or dies',
  details:
    'Kept are: the last good outputs of each stage, what the newest runs used, pins, what waits in the outbox, what is registered in MLflow (asked when it runs; else whatever a registration took in), and anything that a run at work may be using. Damaged blobs that were set aside stay for 7 days. It may run at any time, beside runs too.',
  options: {
    ...configOptions,
    ...jsonOption,
    'dry-run': { type: 'boolean', describe: 'remove nothing; list every object with its reason' },
    'keep-runs': { type: 'number', value: 'N', describe: 'how many of the newest runs keep what they used [default: 20]' },
    sizes: { type: 'boolean', describe: 'only say how much room each stage and folder takes on disk' },
  },
  examples: [
    ['sluice gc --dry-run', 'what would go, what would stay, and why'],
    ['sluice gc --sizes', 'where the room went'],
  ],
  load: async () => (await import('./commands/gc.ts')).gcCommand,
};

const pin: Command = {
  name: 'pin',
  summary: 'Keep a run or an artifact, whatever gc would say; without a name, list what is pinned',
  positionals: [
    { name: 'target', completes: ['ports', 'runs'], describe: 'id of a run or the beginning of one, "latest", or STAGE.PORT as it is now' },
  ],
  options: { ...jsonOption },
  examples: [['sluice pin train.model', 'keep the model of today']],
  load: async () => (await import('./commands/pin.ts')).pinCommand,
};

const unpin: Command = {
  name: 'unpin',
  summary: 'Take a pin away',
  positionals: [{ name: 'target', completes: ['ports', 'runs'], required: true, describe: 'what was pinned, as sluice pin lists it' }],
  load: async () => (await import('./commands/unpin.ts')).unpinCommand,
};

const completion: Command = {
  name: 'completion',
  summary: 'Print the script by which a shell completes commands, options, stages and ports',
  positionals: [{ name: 'shell', required: true, choices: ['bash', 'zsh', 'fish'], describe: 'bash, zsh or fish' }],
  examples: [['eval "$(sluice completion bash)"', 'in ~/.bashrc; the first lines of each script say where it goes']],
  load: async () => (await import('./commands/completion.ts')).completionCommand,
};

export const commands: readonly Command[] = [
  run,
  plan,
  why,
  status,
  graph,
  runs,
  show,
  diff,
  logs,
  report,
  path,
  lineage,
  verify,
  gc,
  pin,
  unpin,
  exp,
  promote,
  rollback,
  mlflow,
  sync,
  doctor,
  init,
  watch,
  completion,
];
