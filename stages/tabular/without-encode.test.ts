import { expect, test } from '@jest/globals';
import { champion } from '../champion/stage.ts';
import { document } from '../document/stage.ts';
import { drift } from '../drift/stage.ts';
import { gate } from '../gate/stage.ts';
import { register } from '../register/stage.ts';
import { report } from '../report/stage.ts';
import { train } from '../train/stage.ts';
import { withoutEncode } from './without-encode.ts';

const shared = [train, champion, gate, drift, document, report, register];
const leftOut = (stages: typeof shared) =>
  Object.fromEntries(
    withoutEncode(stages).map((stage, at) => [
      stage.name,
      Object.entries(stages[at]?.inputs ?? {}).flatMap(([name, input]) =>
        name in stage.inputs ? [] : [input.type === 'advisory' ? `${name} of ${input.port.stage}` : name],
      ),
    ]),
  );

test('stages lose what only fitted columns are made of, and nothing that there is without: a body would meet undefined', () => {
  const { gate: ofGate, ...others } = leftOut(shared);
  expect(others).toEqual({
    train: [],
    champion: ['fittedState of encode'],
    drift: [],
    document: [],
    report: [],
    register: ['fittedState of encode'],
  });
  expect(ofGate?.every((name) => name.endsWith(' of ingest'))).toBe(true);
});

test('a catalogue that is only asked for comes from features, and is still only asked for', () => {
  const [stage] = withoutEncode([champion]);
  expect(stage?.inputs['catalogue']).toMatchObject({ type: 'advisory', port: { stage: 'features', name: 'catalogue' } });
});
