import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { defineStage } from '../../graph/define-stage.ts';
import { TempProject } from '../../testing/temp-project.ts';
import { crashOf, heapMb } from './crash-of.ts';

/** What a body does before it writes its output. */
const BODIES = {
  half: "writeSync(3, 'no line');",
  nothing: "writeSync(3, 'null\\n5\\n');",
  forged: `writeSync(3, '{"type":"event"}\\n{"type":"done"}\\n{"type":"event","event":{"type":"bogus"}}\\n');`,
  leaves: 'process.exit(0);',
  closes: 'closeSync(3);',
  later:
    "setTimeout(() => { throw new TypeError('too late', { cause: 'haste' }); }, 1); await new Promise(() => setInterval(() => {}, 1000));",
  fills: 'const all = []; for (;;) all.push(new Array(1e6).fill(0.5));',
};

const files = {
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
${Object.keys(BODIES)
  .map(
    (name) =>
      `const ${name} = defineStage({ name: '${name}', description: 'x', outputs: { number: artifact.json(z.number()) }, resources: { memory: '64MiB' }, run: () => import('./${name}.ts') });`,
  )
  .join('\n')}
export const pipeline = definePipeline({ name: 'odd', stages: [${Object.keys(BODIES).join(', ')}] });
`,
  ...Object.fromEntries(
    Object.entries(BODIES).map(([name, text]) => [
      `stages/${name}.ts`,
      `import { closeSync, writeSync } from 'node:fs';\nexport default async ({ outputs }) => {\n${text}\nvoid [closeSync, writeSync];\nawait outputs.number.write(1);\n};\n`,
    ]),
  ),
};

test('what a body writes to descriptor 3 is no answer: a line "null" ended the run with a trace. Why a child gave none is said', async () => {
  await using project = await TempProject.create(files);
  const { outcomes, events } = await project.run({}, { keepGoing: true });
  expect(outcomes).toEqual({
    half: 'executed',
    nothing: 'executed',
    forged: 'executed',
    leaves: 'failed',
    closes: 'failed',
    fills: 'failed',
    later: 'failed',
  });
  const said = events.flatMap((event) =>
    event.type === 'stage.finished' && event.error !== undefined ? [event.error.message.split(/[;\n]/)[0]] : [],
  );
  expect(said.toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
    'stage "closes" closed file descriptor 3, on which a stage answers',
    // Without a bound it filled what the machine has, for a minute.
    'stage "fills" ran out of memory: JavaScript may hold 256 MiB here',
    'stage "later" exited with code 1',
    'stage "leaves" ended its process before its body had ended (exit code 0)',
  ]);
});

test('stacks name the lines and functions of the sources: of a failure, of an error that was caught, of one thrown in a timer', async () => {
  await using project = await TempProject.create({
    'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const make = (name: string, run: () => Promise<unknown>) => defineStage({ name, description: 'x', outputs: { number: artifact.json(z.number()) }, run });
export const pipeline = definePipeline({ name: 'deep', stages: [
  make('fails', () => import('./fails.ts')), make('timer', () => import('./timer.ts')),
] });
`,
    'stages/deep.ts': `// One line of a comment moves all that follow.
export function divide(count: number): number {
  if (count === 0) throw new RangeError('nothing to divide');
  return divide(count - 1) + 1;
}
`,
    'stages/fails.ts': `import { divide } from './deep.ts';
export default async () => {
  try { divide(0); } catch (error) { console.log(error.stack); }
  divide(1);
};
`,
    'stages/timer.ts': `import { divide } from './deep.ts';
export default async () => {
  setTimeout(() => divide(2), 1);
  await new Promise(() => setInterval(() => {}, 1000));
};
`,
  });
  const { outcomes, events } = await project.run({}, { keepGoing: true });
  expect(outcomes).toEqual({ fails: 'failed', timer: 'failed' });
  const text = JSON.stringify(events);
  const deep = join(project.dir, 'stages/deep.ts');
  expect(events.find((event) => event.type === 'stage.output' && event.stage === 'fails')).toMatchObject({
    text: expect.stringContaining(`RangeError: nothing to divide\n    at divide (${deep}:3:26)\n    at`),
  });
  expect(text).toContain(`at divide (${deep}:4:10)`);
  expect(text).toContain(`${join(project.dir, 'stages/fails.ts')}:4:3`);
  const crash = events.find((event) => event.type === 'stage.finished' && event.stage === 'timer');
  expect(crash).toMatchObject({ error: { code: 'STAGE_CRASHED', message: expect.stringContaining(`at divide (${deep}:3:26)`) } });
});

test('a heap is bounded by the memory that a stage declares, and by Node where it declares none', () => {
  const given = {
    stage: defineStage({ name: 'given', description: 'x', outputs: {}, resources: { memory: '2GiB' }, run: async () => null }),
  };
  const plain = { stage: defineStage({ name: 'plain', description: 'x', outputs: {}, resources: { cpus: 2 }, run: async () => null }) };
  expect([given, plain].map(({ stage }) => heapMb(stage.declaresMemory, 2048))).toEqual([2048, null]);
  expect(heapMb(true, 64)).toBe(256);
  const full = { code: null, signal: 'SIGABRT' } as const;
  expect(crashOf('plain', null, full, 'FATAL ERROR: JavaScript heap out of memory').hint).toContain(
    'Declare what it needs as resources.memory',
  );
});
