import { expect, test } from '@jest/globals';
import { TempProject } from '../../testing/temp-project.ts';

/** What a body does before it writes its output. */
const BODIES = {
  half: "writeSync(3, 'no line');",
  nothing: "writeSync(3, 'null\\n5\\n');",
  forged: `writeSync(3, '{"type":"event"}\\n{"type":"done"}\\n{"type":"event","event":{"type":"bogus"}}\\n');`,
  leaves: 'process.exit(0);',
  closes: 'closeSync(3);',
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
  });
  const said = events.flatMap((event) =>
    event.type === 'stage.finished' && event.error !== undefined ? [event.error.message.split(/[;\n]/)[0]] : [],
  );
  expect(said.toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
    'stage "closes" closed file descriptor 3, on which a stage answers',
    // Without a bound it filled what the machine has, for a minute.
    'stage "fills" ran out of memory: JavaScript may hold 256 MiB here',
    'stage "leaves" ended its process before its body had ended (exit code 0)',
  ]);
});
