import { expect, test } from '@jest/globals';
import { sampleRun, stampAll } from '../testing/sample-run.ts';
import { errorMarkdown, runMarkdown } from './run-markdown.ts';

test('a failed run: outcomes, what failed, warnings, what the exit code means', () => {
  expect(runMarkdown({ events: sampleRun, commit: 'abcdef0123456789' })).toBe(`### ✖ credit: a stage failed in 5.0 s

Run \`01RUN\`, commit \`abcdef012345\`

| stage | outcome | time | |
|---|---|--:|---|
| ingest | reused | 4 ms | nothing that it depends on changed |
| train | failed | 4.2 s | DATA_TOO_SMALL fold 3 has 0 defaults |
| gate | blocked | 0 ms | train has no good outputs |

- ! train: few defaults

Exit code 1: a stage failed.
`);
});

test('a gate: the rules that failed first, with value, limit and reason; metrics and links', () => {
  const events = stampAll([
    { type: 'run.started', run: '01RUN', pipeline: 'p', stages: ['check'] },
    {
      type: 'gate.verdict',
      stage: 'check',
      verdict: 'rejected',
      rules: [
        { rule: 'a|b', passed: true, value: 1, limit: null, reason: 'fine' },
        { rule: 'auc', passed: false, value: 0.612_345_6, limit: 0.65, reason: 'too <low>' },
        { rule: 'champion', passed: false, value: null, limit: null, reason: 'could not\nbe asked' },
      ],
    },
    { type: 'run.finished', run: '01RUN', exitCode: 3, durationMs: 10, outcomes: { check: 'executed' } },
  ]);
  const metrics = Array.from({ length: 14 }, (_, index) => ({ stage: 'fit', name: `m${index}`, value: index / 3 }));
  const links = [
    { label: 'report', where: 'reports/x.html' },
    { label: 'MLflow run', where: 'http://h/1' },
  ];
  const text = runMarkdown({ events, metrics, links });
  expect(text).toContain(`**Gate check: rejected**, 2 rules failed

| | rule | value | limit | reason |
|---|---|--:|--:|---|
| ✖ | auc | 0.61235 | 0.65 | too &lt;low> |
| ✖ | champion | unknown |  | could not be asked |
| ✔ | a\\|b | 1 |  | fine |
`);
  expect(text).toContain('| fit | m1 | 0.33333 |\n');
  expect(text).toContain('<details><summary>2 more metrics</summary>\n\n| stage | metric | value |');
  expect(text).toContain('- report: `reports/x.html`\n- MLflow run: http://h/1\n');
  expect(text).toMatch(/Exit code 3: a gate rejected\.\n$/);
});

test('a refusal says what to do; a run that was killed says that it did not finish', () => {
  expect(errorMarkdown({ code: 'STALE', message: 'the plan no longer holds: x', hint: 'Make a new plan.' }, 4)).toBe(
    '### ✖ sluice: something is stale or has drifted\n\n**STALE** the plan no longer holds: x\n\nMake a new plan.\n\nExit code 4: something is stale or has drifted.\n',
  );
  expect(runMarkdown({ events: sampleRun.slice(0, 2) })).toMatch(/^### ✖ credit: did not finish\n/);
  expect(runMarkdown({ events: [] })).toBe('### ✖ sluice: did not finish\n');
});
