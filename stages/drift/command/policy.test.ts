import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type DriftPolicy, readPolicy } from './policy.ts';

async function read(text: string): Promise<DriftPolicy> {
  const file = join(await mkdtemp(join(tmpdir(), 'sluice-policy-')), 'drift.yaml');
  await writeFile(file, text);
  return readPolicy(file);
}

const waiver = (rule: string): string =>
  `waivers:\n  - { rule: "${rule}", author: A, reason: long enough a reason, expires: 2030-01-01 }\n`;

test.each([
  [
    'a watch limit beyond the default act limit',
    'limits:\n  costRise: { watch: 0.3 }\n',
    2,
    'limits.costRise.watch is 0.3; it may not be beyond act, which is 0.1 by default.',
  ],
  [
    'an act limit below the default watch limit',
    'limits:\n  scorePsi:\n    act: 0.05\n',
    3,
    'limits.scorePsi.act is 0.05; it may not be below watch, which is 0.1 by default.',
  ],
  [
    'two limits the wrong way round',
    'limits:\n  missingShift: { watch: 0.4, act: 0.2 }\n',
    2,
    'limits.missingShift.watch is 0.4; it may not be beyond act, which is 0.2.',
  ],
  [
    'the default watch limit written out, and an act limit below it',
    'limits:\n  unseenShare: { watch: 0.01, act: 0.005 }\n',
    2,
    'limits.unseenShare.act is 0.005; it may not be below watch, which is 0.01 by default.',
  ],
  [
    'a waiver of a rule that is nearly one',
    waiver('scorepsi'),
    2,
    'waivers.0.rule is "scorepsi"; there is no such rule: docs/reference/drift.md lists them. Did you mean "score_psi"?',
  ],
  [
    'a waiver of one column by a rule that is nearly one',
    waiver('mising[EXT_SOURCE_1]'),
    2,
    'waivers.0.rule is "mising[EXT_SOURCE_1]"; there is no such rule: docs/reference/drift.md lists them. Did you mean "missing"?',
  ],
  [
    'a waiver of a rule that is near none',
    waiver('everything'),
    2,
    'waivers.0.rule is "everything"; there is no such rule: docs/reference/drift.md lists them.',
  ],
])('%s is refused with its line and both values', async (_, text, line, message) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'CONFIG_VALUE',
    message,
    at: { file: expect.stringContaining('drift.yaml'), line },
  });
});

test('a limit of a name that is nearly one is named with the nearest and all there are', async () => {
  await expect(read('limits:\n  score_psi: { watch: 0.2 }\n')).rejects.toMatchObject({
    code: 'CONFIG_UNKNOWN_KEY',
    message: '"limits.score_psi" is not a config key. Did you mean "scorePsi"?',
    hint: expect.stringMatching(/^Keys of limits: scorePsi, scoreShift, .*columnPsi\.$/),
    at: { line: 2 },
  });
});

test('equal limits, a limit of null and both moved together are taken', async () => {
  const { limits } = await read(
    'limits:\n  costRise: { watch: 0.1 }\n  scorePsi: { watch: 0.3, act: null }\n  weightedDrift: { watch: 0.2, act: 0.4 }\n',
  );
  expect(limits).toMatchObject({
    costRise: { watch: 0.1, act: 0.1 },
    scorePsi: { watch: 0.3, act: null },
    weightedDrift: { watch: 0.2, act: 0.4 },
  });
});
