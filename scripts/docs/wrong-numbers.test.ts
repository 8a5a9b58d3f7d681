import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PAYOFF_THRESHOLD, PAYOFFS } from '../../experiments/wrong-numbers/judge-models.ts';
import { bestThreshold, profitPerApplicant } from '../../experiments/wrong-numbers/profit.ts';

const root = join(import.meta.dirname, '../..');

test('the guide quotes the script’s output word for word', async () => {
  const [guide, result] = await Promise.all(
    ['docs/guides/wrong-numbers.md', 'experiments/wrong-numbers/result.md'].map((path) => readFile(join(root, path), 'utf8')),
  );
  const squeeze = (text = ''): string => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-').trim();
  expect(squeeze(guide)).toContain(squeeze(result));
});

describe('profit', () => {
  // One of each outcome at 0.5: 6 − 4 − 40 + 0 over four.
  const [target, scores] = [
    [0, 0, 1, 1],
    [0.1, 0.9, 0.1, 0.9],
  ];

  test('is the mean payoff', () => {
    expect(profitPerApplicant(target, scores, { threshold: 0.5, payoffs: PAYOFFS })).toBeCloseTo(-9.5, 12);
    expect(
      profitPerApplicant(target, scores, { threshold: 0.5, payoffs: PAYOFFS, multiplicity: Uint16Array.from([3, 0, 0, 1]) }),
    ).toBeCloseTo(4.5, 12);
  });

  test('is best where all defaulters and no payers are refused; that is where calibrated scores cross the payoffs’ threshold', () => {
    expect(bestThreshold([0, 0, 1], [0.1, 0.15, 0.3], PAYOFFS)).toEqual({ threshold: 0.151, profit: 4 });
    expect(PAYOFF_THRESHOLD).toBe(0.2);
  });
});
