import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('bin/sluice.mjs', import.meta.resolve('sluice/package.json')));
const root = fileURLToPath(new URL('..', import.meta.url));
const artifacts = mkdtempSync(join(tmpdir(), 'energy-'));

/** Runs the pipeline into a store of its own; data goes to standard output, words for people to standard error. */
function sluice(...args) {
  return spawnSync(process.execPath, [cli, ...args], { cwd: root, env: { ...process.env, SLUICE_ARTIFACTS: artifacts }, encoding: 'utf8' });
}

function outcomes({ stdout }) {
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return Object.fromEntries(events.filter(({ type }) => type === 'stage.finished').map(({ stage, outcome }) => [stage, outcome]));
}

test('the model passes its gate, and a second run reuses everything', () => {
  const first = sluice('run', '--json');
  assert.equal(first.status, 0, first.stderr);
  assert.deepEqual(outcomes(sluice('run', '--json')), { readings: 'reused', model: 'reused', check: 'reused' });
});

test('a gate that asks for more rejects: exit code 3, and the model is not made again', () => {
  const strict = sluice('run', '--json', '-S', 'params.check.maxError=0.01');
  assert.equal(strict.status, 3);
  assert.deepEqual(outcomes(strict), { readings: 'reused', model: 'reused', check: 'executed' });
});
