import type { CatalogueEntry } from '../../../features/catalogue.ts';
import { type LinearModel, linearPrediction } from '../../../scoring/model/linear-terms.ts';
import type { ScorecardDocument } from '../../../scoring/model/scorecard-model.ts';
import { sealedModelBytes } from '../../../scoring/model/sealed-model.ts';
import { copyRows, type RowView } from '../../row-view.ts';
import { type WoeColumn, woeColumns, woeTerm } from '../../woe/woe-terms.ts';
import { termDesign } from '../logistic/term-design.ts';
import type { LabelledRows, Learner, Trainer, TrainerSetup } from '../trainer.ts';
import type { ScorecardParams } from './params.ts';
import { characteristic, pointScale, scoreOf } from './points.ts';
import { Selection } from './selection.ts';

const TRENDS = { raises: 'rising', lowers: 'falling', unknown: 'either' } as const;

interface ScorecardSetup extends Pick<TrainerSetup, 'columns'> {
  readonly params: Pick<TrainerSetup['params'], 'scorecard'>;
}

/** A scorecard: binned characteristics, a logistic regression on their weights of evidence, points. One characteristic a round. */
export function openScorecardTrainer({ params: { scorecard: params }, columns }: ScorecardSetup): Trainer {
  const { baseScore, baseOdds, pointsToDouble, penalty } = params;
  return {
    library: 'sluice',
    libraryVersion: '1',
    format: 'scorecard-json',
    maxRounds: params.characteristics,
    patience: 8,
    parameters: { baseScore, baseOdds, pointsToDouble, penalty, maxCorrelation: params.maxCorrelation, ...params.woe },
    start: (train, valid) => startScorecard(candidates(train, params, columns), params, { train, valid }),
  };
}

function candidates(train: LabelledRows, params: ScorecardParams, columns: readonly CatalogueEntry[]): readonly WoeColumn[] {
  const trends = columns.map(({ direction }) => (params.followCatalogue ? TRENDS[direction] : 'either'));
  return woeColumns(train, { ...params.woe, trends });
}

interface Rows {
  readonly train: LabelledRows;
  readonly valid: RowView | null;
}

function startScorecard(columns: readonly WoeColumn[], params: ScorecardParams, { train, valid }: Rows): Learner {
  const features = [...train.matrix.columns];
  const terms = columns.map(woeTerm);
  const selection = new Selection(termDesign(terms, train), { ...params, label: train.label, weight: train.weight });
  const validMatrix = valid === null ? { rows: 0, columns: features, data: new Float32Array() } : copyRows(valid);
  const model = (): LinearModel & { readonly columns: readonly WoeColumn[] } => ({
    columns: selection.chosen.flatMap((at) => columns[at] ?? []),
    terms: selection.chosen.flatMap((at, index) => {
      const term = terms[at];
      return term === undefined ? [] : { ...term, coefficient: selection.weights[index] ?? 0 };
    }),
    intercept: selection.weights.at(-1) ?? 0,
  });
  return {
    train: () => {
      selection.add();
    },
    trainMargin: () => Float32Array.from(selection.margin()),
    validMargin: () => linearPrediction(model(), validMatrix).margin,
    valid: () => linearPrediction(model(), validMatrix),
    save: () => sealedModelBytes(scorecard(features, model(), params)),
    [Symbol.dispose]: () => undefined,
  };
}

function scorecard(
  features: readonly string[],
  { terms, columns, intercept }: LinearModel & { readonly columns: readonly WoeColumn[] },
  params: ScorecardParams,
): ScorecardDocument {
  const scale = pointScale(params);
  const { factor } = scale;
  return {
    format: 'scorecard-json',
    features: [...features],
    intercept,
    terms: [...terms],
    scale,
    basePoints: scoreOf(intercept, scale),
    characteristics: columns.flatMap(({ feature, binned }, at) => {
      const term = terms[at];
      return term?.kind === 'woe' ? characteristic(features[feature] ?? '', term, { binned, factor }) : [];
    }),
  };
}
