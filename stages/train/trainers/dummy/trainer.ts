import type { Prediction } from '../../../scoring/model/fitted-model.ts';
import { jsonModelBytes } from '../../../scoring/model/json-model.ts';
import type { DummyDocument } from '../../../scoring/model/dummy-model.ts';
import type { LabelledRows, Learner, Trainer } from '../trainer.ts';
import type { RowView } from '../../row-view.ts';

/** The base rate for everybody: what any model has to beat. */
export function openDummyTrainer(): Trainer {
  return {
    library: 'sluice',
    libraryVersion: '1',
    format: 'dummy-json',
    maxRounds: 1,
    parameters: { strategy: 'prior' },
    start: startDummy,
  };
}

function startDummy({ matrix, rows, label, weight }: LabelledRows, valid: RowView | null): Learner {
  const weightOf = (row: number): number => weight?.[row] ?? 1;
  const positive = label.reduce((sum, value, row) => sum + value * weightOf(row), 0);
  const baseRate = positive / label.reduce((sum, _, row) => sum + weightOf(row), 0);
  const predict = (count: number): Prediction => ({
    margin: new Float32Array(count).fill(Math.log(baseRate / (1 - baseRate))),
    probability: new Float32Array(count).fill(baseRate),
  });
  const validRows = valid?.rows.length ?? 0;
  const document: DummyDocument = { format: 'dummy-json', features: [...matrix.columns], baseRate };
  return {
    train: () => undefined,
    trainMargin: () => predict(rows.length).margin,
    validMargin: () => predict(validRows).margin,
    valid: () => predict(validRows),
    save: () => jsonModelBytes(document),
    [Symbol.dispose]: () => undefined,
  };
}
