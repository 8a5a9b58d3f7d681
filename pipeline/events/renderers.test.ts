import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sampleRun, stampAll } from '../testing/sample-run.ts';
import { makePaint } from '../util/paint.ts';
import type { SluiceEvent } from './event.ts';
import { logFile } from './log-file.ts';
import { renderCi } from './render-ci.ts';
import { renderJson } from './render-json.ts';
import { renderLines } from './render-lines.ts';
import { renderTerminal } from './render-terminal.ts';
import type { Renderer } from './renderer.ts';

const plain = { paint: makePaint(false), cwd: '/project' };

async function rendered(events: readonly SluiceEvent[], make: (write: (text: string) => void) => Renderer): Promise<string> {
  const written: string[] = [];
  const renderer = make((text) => written.push(text));
  for (const event of events) renderer.sink(event);
  await renderer.close();
  return written.join('');
}

test('plain lines tell a run, its warning again at the end', async () => {
  expect(await rendered(sampleRun, (write) => renderLines({ ...plain, write }))).toBe(`credit 3 stages, run 01RUN
= ingest   reused               nothing that it depends on changed
▸ train    started: params.train.eta: 0.05 → 0.1
! train: few defaults
✖ train    failed        4.2 s
✖ DATA_TOO_SMALL train: fold 3 has 0 defaults
  → Take fewer folds.
⊘ gate     blocked              train has no good outputs

1 warning:
! train: few defaults
✖ a stage failed (exit code 1) in 5.0 s: 1 reused, 1 failed, 1 blocked (run 01RUN)
`);
});

test('plain lines say how far a stage is at most every ten seconds', async () => {
  const progress = Array.from(
    { length: 31 },
    (_, done) => ({ type: 'stage.progress', stage: 'train', done, total: 30, note: '' }) as const,
  );
  const text = await rendered(stampAll([{ type: 'stage.started', stage: 'train', reason: '' }, ...progress]), (write) =>
    renderLines({ ...plain, write }),
  );
  expect(text.split('\n').filter((line) => line.includes('%'))).toEqual([
    '  train    ███████░░░░░░░░░░░░░░░░░  30%',
    '  train    ███████████████░░░░░░░░░  63%',
    '  train    ███████████████████████░  96%',
  ]);
});

test('a rejected gate names the rules that failed, with value and limit', async () => {
  const rules = [
    { rule: 'auc', passed: false, value: 0.612_345_6, limit: 0.65, reason: 'lower bound of the interval' },
    { rule: 'ece', passed: true, value: 0.01, limit: 0.05, reason: '' },
    { rule: 'champion', passed: false, value: null, limit: null, reason: 'could not be asked' },
  ];
  const text = await rendered(stampAll([{ type: 'gate.verdict', stage: 'gate', verdict: 'rejected', rules }]), (write) =>
    renderLines({ ...plain, write }),
  );
  expect(text).toBe(
    '✖ gate rejected:\n    auc: 0.61235, limit 0.65; lower bound of the interval\n    champion: unknown; could not be asked\n',
  );
});

test('JSON is one event a line, with a stack only where it helps', async () => {
  const lines = (await rendered(sampleRun, (write) => renderJson(write)))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SluiceEvent);
  expect(lines).toHaveLength(sampleRun.length);
  expect(lines.every((line) => line.time.endsWith('Z') && line.type !== undefined)).toBe(true);
  expect(lines[6]).toMatchObject({
    type: 'stage.finished',
    stage: 'train',
    outcome: 'failed',
    error: { code: 'DATA_TOO_SMALL', hint: 'Take fewer folds.' },
  });
  expect(JSON.stringify(lines[6])).not.toContain('stack');
});

test('a terminal keeps what is finished and redraws what runs, never wider than it is', async () => {
  const chunks: string[] = [];
  let now = 1000;
  const renderer = renderTerminal({ ...plain, write: (text) => chunks.push(text), columns: () => 50, now: () => now });
  const [started, , trainStarted, progress, warned] = sampleRun;
  for (const event of [started, trainStarted, progress]) if (event !== undefined) renderer.sink(event);
  now += 3000;
  if (warned !== undefined) renderer.sink(warned);
  expect(chunks.at(-1)).toBe('\r\u001B[1A\u001B[J! train: few defaults\n▸ train        3.0 s  ██████░░░░░░░░░░░░░░░░░░  2\n');
  await renderer.close();
  expect(chunks.at(-1)).toBe('\r\u001B[1A\u001B[J');
});

test('GitHub Actions gets errors at their place', async () => {
  const at = { file: '/project/configs/a.yaml', line: 2, column: 3 };
  const events = [...sampleRun, ...stampAll([{ type: 'error', error: { code: 'CONFIG_VALUE', message: 'a: b, 100 %', at } }])];
  expect(await rendered(events, (write) => renderCi({ write, cwd: '/project' }))).toBe(
    [
      '::warning title=train::few defaults',
      '::error title=DATA_TOO_SMALL::fold 3 has 0 defaults%0ATake fewer folds.',
      '::error file=configs/a.yaml,line=2,col=3,title=CONFIG_VALUE::a: b, 100 %25',
      '',
    ].join('\n'),
  );
});

test('the log file has a level for each event; closing twice is harmless; a folder that cannot be written stops nothing', async () => {
  const runs = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  const renderer = logFile(runs);
  for (const event of sampleRun) renderer.sink(event);
  await renderer.close();
  await renderer.close();
  const lines = readFileSync(join(runs, '01RUN', 'log.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: number; msg: string; run: string });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [30, 'run.started'],
    [30, 'stage.finished'],
    [30, 'stage.started'],
    [40, 'few defaults'],
    [50, 'stage.finished'],
    [30, 'stage.finished'],
    [50, 'run.finished'],
  ]);
  expect(lines.every(({ run }) => run === '01RUN')).toBe(true);
  expect(await rendered(sampleRun, () => logFile('/dev/null'))).toBe('');
});
