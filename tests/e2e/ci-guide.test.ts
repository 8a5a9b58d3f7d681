import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { buildCli, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface GitlabJob {
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
  readonly allow_failure?: { readonly exit_codes: readonly number[] };
}

const guide = readFileSync(join(REPOSITORY, 'docs/guides/ci-retraining.md'), 'utf8');
const block = (file: string): string =>
  new RegExp(`\`\`\`yaml\\n# ${file.replaceAll('.', '\\.')}\\n([^]*?)\\n\`\`\`\\n\\n`).exec(guide)?.[1] ?? '';
const github = (parse(block('.github/workflows/retrain.yml')) as { jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> })
  .jobs;
const gitlab = parse(block('.gitlab-ci.yml')) as Readonly<Record<string, GitlabJob>>;

let home = '';
const at = (...names: readonly string[]): string => join(home, ...names);
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], { cwd: at('work'), encoding: 'utf8' });

/** A project as `init` makes it, pushed to a repository; `gh` is a script that notes what it was asked. */
beforeAll(async () => {
  await buildCli();
  home = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-ci-')));
  expect((await runCli(home, ['init', 'work'])).code).toBe(0);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', at('origin')]);
  git('init', '-q', '-b', 'main');
  push('start');
  mkdirSync(at('bin'));
  writeFileSync(at('bin/gh'), `#!/bin/sh\necho "$@" >> '${at('gh.log')}'\n`);
  chmodSync(at('bin/gh'), 0o755);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function push(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
  git('push', '-q', at('origin'), 'HEAD:main');
}

interface JobResult {
  readonly code: number;
  readonly output: string;
  readonly page: string;
}

interface JobOptions {
  /** What happens after the checkout and before the run. */
  readonly between?: (checkout: string) => void;
}

/** Runs a step's text as the runner does: it stops at the first command that fails. */
function shell(checkout: string, script: string, env: Readonly<Record<string, string>>): { code: number; output: string } {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|CI|GITHUB_.*|MLFLOW_.*|SLUICE_.*)$/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
    cwd: checkout,
    env: { ...inherited, PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`, CI: 'true', ...env },
    encoding: 'utf8',
  });
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}

/** What needs a registry: the packages come from where `init` linked them. */
function npmCi(checkout: string): void {
  symlinkSync(at('work/node_modules'), join(checkout, 'node_modules'));
}

function checkOut(): string {
  const checkout = mkdtempSync(at('checkout-'));
  execFileSync('git', ['clone', '-q', at('origin'), checkout]);
  return checkout;
}

function carry(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true, force: true });
}

/** One job of the workflow: its `run` steps as they stand there; `uses` steps do what the action does, with folders. */
function runGithubJob(name: string, { between }: JobOptions = {}): JobResult {
  const checkout = checkOut();
  const [page, outputs] = [at(`page-${name}.md`), at(`outputs-${name}`)];
  for (const file of [page, outputs]) writeFileSync(file, '');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page, GITHUB_OUTPUT: outputs, GITHUB_RUN_ID: '42' };
  let [code, output] = [0, ''];
  for (const step of github[name]?.steps ?? []) {
    const wanted =
      step.if === undefined
        ? code === 0
        : step.if === 'always()' || (code !== 0 && readFileSync(outputs, 'utf8').includes(`code=${/'(\d)'/.exec(step.if)?.[1] ?? ''}\n`));
    if (!wanted) continue;
    if (step.id === 'run') between?.(checkout);
    if (step.uses !== undefined) useAction(step, checkout);
    else if (step.run === 'npm ci') npmCi(checkout);
    else {
      const done = shell(checkout, step.run ?? '', env);
      code ||= done.code;
      output += done.output;
    }
  }
  return { code, output, page: readFileSync(page, 'utf8') };
}

function useAction({ uses = '', with: input = {} }: Step, checkout: string): void {
  const path = input['path'] ?? '';
  if (uses.startsWith('actions/cache/restore')) carry(at('cache', path), join(checkout, path));
  else if (uses.startsWith('actions/cache/save')) carry(join(checkout, path), at('cache', path));
  else if (uses.startsWith('actions/upload-artifact')) carry(join(checkout, path), at('uploads', input['name'] ?? '', path));
  else if (uses.startsWith('actions/download-artifact')) carry(at('uploads', input['name'] ?? ''), checkout);
  else if (!/^actions\/(checkout|setup-node)@/.test(uses)) throw new Error(`the test does not know ${uses}`);
}

function runGitlabJob(name: string, { between }: JobOptions = {}): JobResult {
  const checkout = checkOut();
  npmCi(checkout);
  for (const path of ['artifacts', 'plan.json']) carry(at('gitlab', path), join(checkout, path));
  between?.(checkout);
  const { script, after_script = [] } = gitlab[name] ?? { script: [] };
  const done = shell(checkout, `set -o pipefail\n${script.join('\n')}`, { GITLAB_CI: 'true' });
  const after = shell(checkout, after_script.join('\n'), {});
  for (const path of ['artifacts', 'plan.json']) carry(join(checkout, path), at('gitlab', path));
  const page = existsSync(join(checkout, 'summary.md')) ? readFileSync(join(checkout, 'summary.md'), 'utf8') : '';
  return { code: done.code, output: done.output + after.output, page };
}

/** The data that waits outside the repository is another by the time the plan is approved. */
const dataMoves = (checkout: string): void => appendFileSync(join(checkout, 'data/readings.csv'), '2027-01-01,3.0,19.9\n');

const config = (): string => at('work/configs/pipeline.yaml');
const setLimit = (limit: string): void =>
  writeFileSync(config(), readFileSync(config(), 'utf8').replace(/maxError: .*/, `maxError: ${limit}`));

test('GitHub: a pull request is checked, a retraining runs as planned and proposes its lock', () => {
  const check = runGithubJob('check');
  expect(check).toMatchObject({ code: 0, page: expect.stringMatching(/▸ readings +run/) });
  expect(runGithubJob('plan').code).toBe(0);
  const done = runGithubJob('retrain');
  expect(done).toMatchObject({ code: 0, page: expect.stringContaining('### ✔ energy: done') });
  expect(done.page).toContain('| model | holdout_error_kwh |');
  expect(readFileSync(at('uploads/events/events.ndjson'), 'utf8')).toMatch(/"type":"run.finished".*"exitCode":0/);
  expect(readFileSync(at('gh.log'), 'utf8')).toBe('pr create --fill\n');
  expect(execFileSync('git', ['show', 'retrain-42:sluice.lock'], { cwd: at('origin'), encoding: 'utf8' })).toContain(
    'params.model.holdoutEvery: 4',
  );
}, 400_000);

test('GitHub: a gate that rejects is 3 and told; data that moved is 4 and named', () => {
  setLimit('0.01');
  push('ask for more');
  expect(runGithubJob('plan').code).toBe(0);
  const rejected = runGithubJob('retrain');
  expect(rejected).toMatchObject({ code: 3, page: expect.stringMatching(/\| ✖ \| error \| [\d.]+ \| 0\.01 \|/) });
  expect(rejected.output).toContain('::warning title=Model held back::');
  setLimit('1');
  push('ask for less');
  expect(runGithubJob('plan').code).toBe(0);
  const stale = runGithubJob('retrain', { between: dataMoves });
  expect(stale).toMatchObject({ code: 4, page: expect.stringContaining('the plan no longer holds: readings: input files') });
  expect(stale.output).not.toContain('Model held back');
}, 400_000);

test('GitLab: the same three ends', () => {
  expect(runGitlabJob('check').code).toBe(0);
  expect(runGitlabJob('plan').code).toBe(0);
  expect(runGitlabJob('retrain')).toMatchObject({ code: 0, page: expect.stringContaining('### ✔ energy: done') });
  expect(runGitlabJob('plan').code).toBe(0);
  expect(runGitlabJob('retrain', { between: dataMoves }).code).toBe(4);
  setLimit('0.01');
  push('ask for more again');
  expect(runGitlabJob('plan').code).toBe(0);
  const rejected = runGitlabJob('retrain');
  expect(rejected).toMatchObject({ code: 3, page: expect.stringContaining('Exit code 3: a gate rejected.') });
  expect(gitlab['retrain']?.allow_failure?.exit_codes).toEqual([rejected.code]);
}, 400_000);
