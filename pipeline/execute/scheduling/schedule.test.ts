import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { artifact } from '../../graph/artifact.ts';
import { defineStage } from '../../graph/define-stage.ts';
import type { Resources, Stage } from '../../graph/stage.ts';
import { demandOf, machineBudget } from './machine-budget.ts';
import { schedule } from './schedule.ts';

const make = (name: string, resources: Resources = {}): Stage =>
  defineStage({ name, description: name, outputs: { out: artifact.json(z.number()) }, resources, run: async () => null });

/** Runs stages that each take a moment. @returns the largest sets that ran at once, and who was skipped */
async function trace(stages: readonly Stage[], options: { jobs?: number; cpus?: number; memoryMb?: number; failing?: string } = {}) {
  const { jobs = 10, cpus = 10, memoryMb = 4096, failing } = options;
  const running = new Set<string>();
  const together = new Set<string>();
  const skipped: string[] = [];
  await schedule({
    stages,
    jobs,
    budget: { cpus, memoryMb },
    settle: async ({ name }, seat) => {
      if (!(await seat.take())) return skipped.push(name) > 0;
      running.add(name);
      together.add([...running].toSorted().join('+'));
      await sleep(20);
      running.delete(name);
      return name !== failing;
    },
    skip: ({ name }) => skipped.push(name),
  });
  return { together: [...together], skipped };
}

describe('schedule', () => {
  test('shares out memory: two that need 3 of 4 GiB never run at once, a small one runs beside either', async () => {
    const { together } = await trace([make('a', { memory: '3GiB' }), make('b', { memory: '3GiB' }), make('c', { memory: '512MiB' })]);
    expect(together).toContain('a+c');
    expect(together.some((set) => set.includes('a') && set.includes('b'))).toBe(false);
  });

  test('shares out processors', async () => {
    const { together } = await trace([make('a', { cpus: 2 }), make('b', { cpus: 2 }), make('c')], { cpus: 3 });
    expect(together.some((set) => set.includes('a') && set.includes('b'))).toBe(false);
    expect(together).toContain('a+c');
  });

  test('a stage that wants more than there is runs, alone', async () => {
    const { together, skipped } = await trace([make('a', { memory: '64GiB', cpus: 99 }), make('b')]);
    expect([together.toSorted(), skipped]).toEqual([['a', 'b'], []]);
  });

  test('an effect, which waits for a server, takes no processor from others', async () => {
    const effect = defineStage({ name: 'e', kind: 'effect', description: 'e', outputs: {}, run: async () => null });
    const { together } = await trace([effect, make('a', { cpus: 2 }), make('b', { cpus: 2 })], { cpus: 2 });
    expect(together).toEqual(['e', 'a+e', 'b']);
  });

  test('-j bounds how many run at once, whatever they need', async () => {
    const { together } = await trace(
      ['a', 'b', 'c', 'd'].map((name) => make(name, { memory: '1MiB' })),
      { jobs: 2 },
    );
    expect(Math.max(...together.map((set) => set.split('+').length))).toBe(2);
  });

  test('a stage that only commits holds no processor: the next body starts meanwhile, and what depends on it waits', async () => {
    const one = defineStage({ name: 'one', description: 'one', outputs: { out: artifact.json(z.number()) }, run: async () => null });
    const then = defineStage({
      name: 'then',
      description: 'then',
      inputs: { one: one.out.out },
      outputs: { out: artifact.json(z.number()) },
      run: async () => null,
    });
    const events: string[] = [];
    await schedule({
      stages: [one, then, make('other')],
      jobs: 1,
      budget: { cpus: 1, memoryMb: 4096 },
      settle: async ({ name }, seat) => {
        await seat.take();
        events.push(`${name} starts`);
        await sleep(5);
        seat.release();
        await sleep(20);
        events.push(`${name} ends`);
        return true;
      },
      skip: () => {},
    });
    expect(events).toEqual(['one starts', 'other starts', 'one ends', 'then starts', 'other ends', 'then ends']);
  });

  test('as many as may run, and one more, get ready while others run; after a failure none of them does', async () => {
    const events: string[] = [];
    await schedule({
      stages: ['a', 'b', 'c', 'd'].map((name) => make(name)),
      jobs: 1,
      budget: { cpus: 1, memoryMb: 4096 },
      settle: async ({ name }, seat) => {
        events.push(`${name} gets ready`);
        const runs = await seat.take();
        events.push(runs ? `${name} runs` : `${name} may not run`);
        await sleep(5);
        return !runs || name !== 'a';
      },
      skip: ({ name }) => events.push(`${name} never started`),
    });
    const after = ['b may not run', 'c may not run', 'd never started'];
    expect(events).toEqual(['a gets ready', 'b gets ready', 'a runs', 'c gets ready', ...after]);
  });

  test('after a failure nothing new starts', async () => {
    expect((await trace([make('a'), make('b'), make('c')], { jobs: 1, failing: 'a' })).skipped).toEqual(['b', 'c']);
  });
});

test('a stage is promised at most what the machine has', () => {
  const budget = machineBudget();
  expect(budget.memoryMb).toBeGreaterThan(100);
  expect(demandOf(make('a', { cpus: 9999, memory: '99999GiB' }), budget)).toEqual(budget);
});
