import { describe, expect, test } from '@jest/globals';
import { distributionBins } from '../pages/case/comparison/distribution-bins.ts';
import { quartersOf } from '../pages/case/comparison/quarters.ts';
import { sideOfThreshold } from '../pages/case/side-of-threshold.ts';
import { caseWords } from '../pages/case/case-words.ts';
import { waterfallSteps } from '../pages/case/reasons/waterfall-steps.ts';
import { ALL_WORDS } from '../testing/language-check.ts';
import { formatOf } from '../words/format.ts';

const words = { start: 'start', end: 'end', others: (count: number) => `${count} others` };

describe('what charts are drawn from', () => {
  test('a waterfall goes from the mean to the score, small subjects in one step', () => {
    const contributions = [0.9, -0.6, 0.5, 0.4, -0.3, 0.2, 0.15, 0.12, 0.11, 0.1, -0.05, 0.02];
    const concepts = contributions.map((contribution, index) => ({
      concept: `c${index}`,
      en: `subject ${index}`,
      fr: `sujet ${index}`,
      contribution,
      beyondReference: null,
    }));
    const logOdds = -2.5 + contributions.reduce((sum, value) => sum + value, 0);
    const steps = waterfallSteps({ bias: -2.5, concepts }, { language: 'fr', logOdds, words });
    expect(steps.map(({ label }) => label)).toEqual([
      'start',
      ...Array.from({ length: 9 }, (_, index) => `Sujet ${index}`),
      '3 others',
      'end',
    ]);
    expect(steps.at(-2)?.to).toBeCloseTo(logOdds, 12);
    expect(steps.at(-2)?.value).toBeCloseTo(0.1 - 0.05 + 0.02, 12);
    for (const [index, step] of steps.slice(1, -1).entries()) expect(step.from).toBeCloseTo(steps[index]?.to ?? Number.NaN, 12);
  });

  test('shares of a histogram add up to one in each group, clients without a value included', () => {
    const bins = distributionBins({ edges: [0, 1, 2], repaid: [60, 30], defaulted: [1, 3], unknown: { repaid: 10, defaulted: 0 } });
    expect(bins).toEqual([
      { from: 0, to: 1, repaid: 0.6, defaulted: 0.25 },
      { from: 1, to: 2, repaid: 0.3, defaulted: 0.75 },
      { from: null, to: null, repaid: 0.1, defaulted: 0 },
    ]);
  });

  test('a cloud of points in quarters: ranges, median, share that defaulted', () => {
    const points = [5, 1, 3, 7, 2, 8, 6, 4].map((x) => ({
      x,
      y: x * 10,
      outcome: x > 6 ? ('defaulted' as const) : ('repaid' as const),
    }));
    expect(quartersOf(points)).toEqual([
      { from: 1, to: 2, clients: 2, middle: 15, defaulted: 0 },
      { from: 3, to: 4, clients: 2, middle: 35, defaulted: 0 },
      { from: 5, to: 6, clients: 2, middle: 55, defaulted: 0 },
      { from: 7, to: 8, clients: 2, middle: 75, defaulted: 1 },
    ]);
    expect(quartersOf([])).toEqual([]);
    expect(quartersOf(points.slice(0, 3)).reduce((sum, { clients }) => sum + clients, 0)).toBe(3);
  });
});

describe('words', () => {
  test('numbers as people of either language write them', () => {
    const [en, fr] = [formatOf('en'), formatOf('fr')];
    expect([en.percent(0.0912), en.signed(-0.5), en.amount(1_234_567), en.points(-0.153)]).toEqual(['9.1%', '−0.50', '1,234,567', '15.3']);
    expect([fr.percent(0.0912), fr.signed(0.5), fr.amount(1_234_567)].map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
      '9,1 %',
      '+0,50',
      '1 234 567',
    ]);
  });

  test('the side of the threshold is told, at the threshold itself too', () => {
    const told = (value: number) =>
      sideOfThreshold(
        {
          probabilityOfDefault: { value, low: null, high: null, note: { en: '', fr: '' } },
          threshold: { value: 0.1, costs: { falseNegative: 9, falsePositive: 1 }, why: { en: '', fr: '' } },
        },
        { words: caseWords.en, format: formatOf('en') },
      );
    expect(told(0.25)).toBe('15.0 percentage points above the refusal threshold of 10.0%');
    expect(told(0.04)).toBe('6.0 percentage points below the refusal threshold of 10.0%');
    expect(told(0.1)).toBe('Exactly at the refusal threshold of 10.0%');
  });

  test('no sentence is the same in both languages but for names', () => {
    const same: string[] = [];
    const compare = (en: unknown, fr: unknown): void => {
      if (typeof en === 'string' && en === fr) same.push(en);
      if (typeof en === 'object' && en !== null && typeof fr === 'object' && fr !== null) {
        for (const [key, value] of Object.entries(en)) compare(value, Object.entries(fr).find(([name]) => name === key)?.[1]);
      }
    };
    for (const { en, fr } of Object.values(ALL_WORDS)) compare(en, fr);
    expect(same).toEqual(['Clients', 'Sluice']);
  });
});
