/**
 * Runs jest and closes with the line that CI reads: `N passed, N failed, N skipped`.
 * With CI set, a skipped test that .ci/allowed-skips.txt does not list fails the run: a skip must not go unseen.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const dir = await mkdtemp(join(tmpdir(), 'sluice-test-'));
// Tests that may not run as root, such as PostgreSQL's, pass through it.
await chmod(dir, 0o711);
const outputFile = join(dir, 'result.json');
const jest = join(root, 'node_modules/jest/bin/jest.js');
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--json',
    `--outputFile=${outputFile}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // What tests leave in the temporary folder goes with it.
    // XGBoost's threads would otherwise spin while they wait, which takes minutes on a busy machine.
    env: { OMP_WAIT_POLICY: 'PASSIVE', ...process.env, TMPDIR: dir },
  },
);
const code = await new Promise((resolve) => child.once('close', resolve));
const result = existsSync(outputFile) ? JSON.parse(await readFile(outputFile, 'utf8')) : null;
await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
if (result === null) process.exit(code || 1);

const allowed = (await readFile(join(root, '.ci/allowed-skips.txt'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const skipped = result.testResults.flatMap((suite) =>
  suite.assertionResults.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName),
);
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
const unlisted = process.env.CI ? skipped.filter((name) => !allowed.some((part) => name.includes(part))) : [];
for (const name of unlisted) process.stdout.write(`this skip is not in .ci/allowed-skips.txt: ${name}\n`);
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + unlisted.length;
process.stdout.write(`${result.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped\n`);
process.exitCode = failed > 0 || code !== 0 ? 1 : 0;
