import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { attributesOf } from '../../assess/groups/attributes.ts';
import { judgeWaivers } from '../waivers.ts';
import { checkSlices } from './prepare-rules.ts';
import { type GateFile, gateSource, readGateFile } from './rule-file.ts';

const HEAD = 'version: 1\nrules:\n';
const aucRule = '  - rule: auc\n    metric: auc\n    direction: at least\n    limit: 0.99\n';
const groups = ['sex', 'loan'];

async function read(text: string): Promise<GateFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-gate-'));
  const file = join(folder, 'home-credit.yaml');
  await writeFile(file, text);
  const found = readGateFile({ folder, files: { 'home-credit.yaml': file }, digest: '' });
  checkSlices(found, groups);
  return found;
}

const refusal = (text: string): Promise<unknown> => read(text).catch((error: unknown) => error);

test.each([
  ['an unknown metric', aucRule.replace('metric: auc', 'metric: aucc'), 'CONFIG_VALUE', 4, 'Did you mean "auc"?'],
  ['an unknown key', `${aucRule}    limt: 1\n`, 'CONFIG_UNKNOWN_KEY', 7, 'Did you mean "limit"?'],
  ['a direction that is none', aucRule.replace('at least', 'above'), 'CONFIG_VALUE', 5, 'rules.0.direction'],
  ['two rules of one name', aucRule + aucRule, 'CONFIG_VALUE', 7, 'another rule has this name'],
  ['chance where none is known', `${aucRule}    unlessChance: true\n`, 'CONFIG_VALUE', 7, 'against: champion'],
  ['an attribute that nobody has', `${aucRule}    slice: { attribute: sexe }\n`, 'CONFIG_VALUE', 7, 'Did you mean "sex"?'],
  [
    'a waiver of no rule',
    `${aucRule}waivers:\n  - { rule: acu, author: A, reason: long enough a reason, expires: 2030-01-01 }\n`,
    'CONFIG_VALUE',
    8,
    'waivers.0.rule is "acu"; no rule of this file has that name. Did you mean "auc"?',
  ],
  [
    'a waiver that never ends',
    `${aucRule}waivers:\n  - { rule: auc, author: A, reason: long enough a reason, expires: never }\n`,
    'CONFIG_VALUE',
    8,
    'expires',
  ],
  ['no YAML', '  - rule: [\n', 'CONFIG_SYNTAX', 4, ''],
])('%s is refused with its line and the nearest name', async (...[, text, code, line, words]) => {
  const error = await refusal(HEAD + text);
  expect(error).toMatchObject({
    code,
    message: expect.stringContaining(words),
    at: { file: expect.stringContaining('home-credit.yaml') },
  });
  expect(error).toMatchObject({ at: { line } });
});

test('the shipped files are right, and need the groups that their tables have', () => {
  const shipped = (name: string): GateFile =>
    readGateFile({ folder: 'configs/gates', files: { [name]: join('configs/gates', name) }, digest: '' });
  expect(shipped('home-credit.yaml').rules.map(({ rule }) => rule)).toContain('champion_cost');
  expect(() => checkSlices(shipped('tabular.yaml'), [])).not.toThrow();
  expect(() => checkSlices(shipped('home-credit.yaml'), attributesOf({}))).not.toThrow();
});

test('no file: the config key to set is named', () => {
  expect(() => readGateFile({ folder: null, files: {}, digest: '' })).toThrow('the rules of the gate are not in any folder');
});

test('a mistake is met when the run is planned, an attribute that the config does not declare among them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-gate-'));
  const file = join(folder, 'mine.yaml');
  const config = { gate: { file } };
  await writeFile(file, `${HEAD}${aucRule}    slice: { attribute: family }\n`);
  expect(() => gateSource.check?.([file], config)).not.toThrow();
  expect(() => gateSource.check?.([file], { ...config, dataset: { groups: { sex: {} } } })).toThrow('"family"');
  await writeFile(file, HEAD + aucRule.replace('auc\n', 'acu\n').replace('metric: auc', 'metric: acu'));
  expect(() => gateSource.check?.([file], config)).toThrow('Did you mean "auc"?');
  expect(() => gateSource.check?.([], config)).toThrow('mine.yaml');
});

test('a waiver holds through its last day, for its own model alone', () => {
  const waiver = { rule: 'auc', author: 'A', reason: 'long enough a reason', expires: '2026-12-31' };
  const states = ['2026-12-31', '2027-01-01'].map((today) => judgeWaivers([waiver], today, 'ab')[0]?.state);
  expect(states).toEqual(['in force', 'expired']);
  const bound = { ...waiver, model: '0123abcd' };
  expect(judgeWaivers([bound], '2026-12-31', '0123abcdef')[0]?.state).toBe('in force');
  expect(judgeWaivers([bound], '2026-12-31', 'ffff')[0]?.state).toBe('for another model');
});
