import type { EventBody, SluiceEvent } from '../events/event.ts';

/** Stamps events a second apart, for tests of what renders them. */
export function stampAll(bodies: readonly EventBody[]): readonly SluiceEvent[] {
  return bodies.map((body, second) => ({ time: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(), ...body }));
}

/** A small run with a warning, a failure and what it blocks. */
export const sampleRun: readonly SluiceEvent[] = stampAll([
  { type: 'run.started', run: '01RUN', pipeline: 'credit', stages: ['ingest', 'train', 'gate'] },
  { type: 'stage.finished', stage: 'ingest', outcome: 'reused', durationMs: 4, reason: 'nothing that it depends on changed' },
  { type: 'stage.started', stage: 'train', reason: 'params.train.eta: 0.05 → 0.1' },
  { type: 'stage.progress', stage: 'train', done: 60, total: 240, note: 'fold 1' },
  { type: 'stage.log', stage: 'train', level: 'warn', message: 'few defaults' },
  { type: 'stage.log', stage: 'train', level: 'debug', message: 'not for people' },
  {
    type: 'stage.finished',
    stage: 'train',
    outcome: 'failed',
    durationMs: 4200,
    reason: 'out of reach',
    error: {
      code: 'DATA_TOO_SMALL',
      message: 'fold 3 has 0 defaults',
      stage: 'train',
      hint: 'Take fewer folds.',
      stack: 'Error\n    at x',
    },
  },
  { type: 'stage.finished', stage: 'gate', outcome: 'blocked', durationMs: 0, reason: 'train has no good outputs' },
  { type: 'run.finished', run: '01RUN', exitCode: 1, durationMs: 5000, outcomes: { ingest: 'reused', train: 'failed', gate: 'blocked' } },
]);
