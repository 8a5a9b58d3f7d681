import { type LinearModel, linearPrediction, type LinearTerm } from '../../../scoring/model/linear-terms.ts';
import type { LogisticDocument } from '../../../scoring/model/logistic-model.ts';
import { sealedModelBytes } from '../../../scoring/model/sealed-model.ts';
import { copyRows, type RowView } from '../../row-view.ts';
import { woeColumns, woeTerm } from '../../woe/woe-terms.ts';
import type { LabelledRows, Learner, Trainer, TrainerSetup } from '../trainer.ts';
import { designMargin } from './design.ts';
import { fitLogistic } from './fit-logistic.ts';
import type { LogisticParams } from './params.ts';
import { standardTerms } from './standard-terms.ts';
import { termDesign, withCoefficients } from './term-design.ts';

/**
 * From strong to weak: variance that the log-odds have over all inputs before any row is seen, each coefficient having an equal
 * part of it. So one list fits 10 columns as well as 1,000.
 */
const SPREADS = [0.1, 0.3, 1, 3, 10, 30, 100];

interface LogisticSetup extends Pick<TrainerSetup, 'columns'> {
  readonly params: Pick<TrainerSetup['params'], 'logistic'>;
}

/** Logistic regression with an L2 or elastic-net penalty; the strength is what the rounds of cross-validation choose. */
export function openLogisticTrainer({ params: { logistic: params }, columns }: LogisticSetup): Trainer {
  const { inputs, penalty, l1Share } = params;
  return {
    library: 'sluice',
    libraryVersion: '1',
    format: 'logistic-json',
    maxRounds: penalty === null ? SPREADS.length : 1,
    // Each weaker penalty costs twice the one before.
    patience: 1,
    parameters: { inputs, penalty: penalty ?? 'by cross-validation', l1Share },
    start: (train, valid) => startLogistic(params, inputTerms(train, params, columns), { train, valid }),
  };
}

function inputTerms(train: LabelledRows, params: LogisticParams, columns: TrainerSetup['columns']): readonly LinearTerm[] {
  if (params.inputs === 'standardised') return standardTerms(train, params);
  const { fineBins, maxBins, minShare, minValue } = params.woe;
  const trends = columns.map(() => 'either' as const);
  return woeColumns(train, { fineBins, maxBins, minShare, minValue, trends }).map(woeTerm);
}

interface Rows {
  readonly train: LabelledRows;
  readonly valid: RowView | null;
}

function startLogistic(params: LogisticParams, terms: readonly LinearTerm[], { train, valid }: Rows): Learner {
  const design = termDesign(terms, train);
  const features = [...train.matrix.columns];
  const validMatrix = valid === null ? { rows: 0, columns: features, data: new Float32Array() } : copyRows(valid);
  let penalty = { l2: 0, l1: 0 };
  let weights: Float64Array | undefined;
  const model = (): LinearModel => ({
    terms: withCoefficients(terms, weights ?? new Float64Array(terms.length + 1)),
    intercept: weights?.[terms.length] ?? 0,
  });
  return {
    train: (round) => {
      const strength = params.penalty ?? Math.max(1, terms.length) / (SPREADS[round - 1] ?? 1);
      penalty = { l2: strength * (1 - params.l1Share), l1: strength * params.l1Share };
      ({ weights } = fitLogistic(design, train.label, {
        ...penalty,
        weight: train.weight,
        ...(weights === undefined ? {} : { start: weights }),
      }));
    },
    trainMargin: () => {
      const margin = new Float64Array(design.rows);
      designMargin(design, weights ?? new Float64Array(terms.length + 1), margin);
      return Float32Array.from(margin);
    },
    validMargin: () => linearPrediction(model(), validMatrix).margin,
    valid: () => linearPrediction(model(), validMatrix),
    save: () => {
      const { terms: kept, intercept } = model();
      // What an L1 penalty left at 0 says nothing.
      const spoken = kept.filter(({ coefficient }) => coefficient !== 0);
      const document: LogisticDocument = { format: 'logistic-json', features, ...penalty, intercept, terms: [...spoken] };
      return sealedModelBytes(document);
    },
    [Symbol.dispose]: () => undefined,
  };
}
