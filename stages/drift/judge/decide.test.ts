import { describe, expect, test } from '@jest/globals';
import { judgeWaivers } from '../../gate/waivers.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { decide, type DecideOptions } from './decide.ts';
import type { Finding, Level } from './finding.ts';
import { sayIn } from '../page/language.ts';
import { reasonsOf } from './reasons.ts';

const finding = (rule: string, level: Level): Finding => ({ rule, level, value: 1, limit: 0.5, text: `${rule} is ${level}.`, french: '' });
const batch = (signal: Level, status: Level = signal): HistoryEntry => ({
  batch: 'b',
  signal,
  status,
  rows: 1000,
  sha256: '',
  referenceSha256: '',
  driftedColumns: 0,
  driftShare: 0,
  scorePsi: null,
  approvalRate: null,
  missingShift: 0,
});
const once: DecideOptions = { waivers: [], before: [], confirm: { act: 1, of: 1, coolDown: 0 }, failOn: 'act' };
const act = [finding('rows', 'ok'), finding('score_psi', 'act'), finding('missing[A]', 'watch')];

describe('decide', () => {
  test('the gravest level counts: a broken contract before too few rows before act before watch', () => {
    const all = (['ok', 'watch', 'act', 'insufficient', 'broken'] as const).map((level) => finding(`rule_${level}`, level));
    expect([5, 4, 3, 2, 1].map((length) => decide(all.slice(0, length), once)).map(({ status, exit }) => [status, exit])).toEqual([
      ['broken', 3],
      ['insufficient', 4],
      ['act', 2],
      ['watch', 0],
      ['ok', 0],
    ]);
    expect(decide([finding('missing[A]', 'watch')], { ...once, failOn: 'watch' })).toMatchObject({ exit: 2, retrain: false });
  });

  test('two of three: held back the first time, carried out the second, also with a quiet batch between', () => {
    const confirm = { act: 2, of: 3, coolDown: 0 };
    const judge = (before: readonly HistoryEntry[]) => decide(act, { ...once, confirm, before });
    expect(judge([])).toMatchObject({
      signal: 'act',
      status: 'watch',
      exit: 0,
      retrain: false,
      held: 'signalled by 1 of the last 3 batches; it takes 2',
      heldFrench: 'signalé par 1 des 3 derniers lots ; il en faut 2',
    });
    expect(judge([batch('act', 'watch')])).toMatchObject({ status: 'act', exit: 2, retrain: true, held: null });
    expect(judge([batch('act', 'watch'), batch('ok')])).toMatchObject({ status: 'act' });
    expect(judge([batch('act', 'watch'), batch('ok'), batch('ok')])).toMatchObject({ status: 'watch' });
    expect(decide([finding('rows', 'ok')], { ...once, confirm, before: [batch('act'), batch('act')] })).toMatchObject({ status: 'ok' });
  });

  test('after an act the cool-down holds the next ones back, and no longer', () => {
    const confirm = { act: 1, of: 1, coolDown: 2 };
    const after = (batches: number) =>
      decide(act, { ...once, confirm, before: [batch('act'), ...Array.from({ length: batches - 1 }, () => batch('act', 'watch'))] });
    expect([1, 2, 3].map((batches) => after(batches).status)).toEqual(['watch', 'watch', 'act']);
  });

  test('a waiver lets its rule through up to its last day; a broken contract can be waived, column by column', () => {
    const waiver = { rule: 'score_psi', author: 'A. Clerk', reason: 'a campaign for students', expires: '2026-11-25' };
    const on = (today: string) => decide(act, { ...once, waivers: judgeWaivers([waiver], today, '') });
    expect(on('2026-11-25')).toMatchObject({ status: 'watch', exit: 0 });
    expect(on('2026-11-26')).toMatchObject({ status: 'act', exit: 2 });
    expect(reasonsOf(on('2026-11-25'))).toEqual([
      'missing[A] is watch.',
      'score_psi is waived until 2026-11-25 by A. Clerk: a campaign for students',
    ]);
    expect(reasonsOf(on('2026-11-26')).at(-1)).toBe('The waiver of score_psi by A. Clerk expired on 2026-11-25 and does not count.');
    const gone = [finding('contract[A]', 'broken'), finding('contract[B]', 'broken')];
    const waived = (rule: string) => decide(gone, { ...once, waivers: judgeWaivers([{ ...waiver, rule }], '2026-11-25', '') }).exit;
    expect([waived('contract[A]'), waived('contract')]).toEqual([3, 0]);
  });

  test('of a rule over many columns, the first three are told and the rest counted', () => {
    const many = Array.from({ length: 8 }, (_, at) => finding(`missing[${at}]`, 'watch'));
    expect(reasonsOf(decide(many, once))).toEqual([...many.slice(0, 3).map(({ text }) => text), '… and 5 more columns of rule missing.']);
    const groups = Array.from({ length: 4 }, (_, at) => finding(`segment_psi[age=${at}]`, 'watch'));
    expect(reasonsOf(decide(groups, once)).at(-1)).toBe('… and 1 more group by rule segment_psi.');
    expect(reasonsOf(decide(groups, once), sayIn('fr')).at(-1)).toBe('… et 1 autre groupe pour la règle segment_psi.');
  });
});
