import { type StudyJudge, SluiceError } from '../../pipeline/index.ts';
import { auc } from '../../stages/metrics/auc.ts';
import { bootstrap, percentileInterval } from '../../stages/metrics/bootstrap.ts';
import { expectedCalibrationError } from '../../stages/metrics/calibration-error.ts';
import { confusion } from '../../stages/metrics/confusion.ts';
import { businessCost, elkanThreshold } from '../../stages/metrics/cost.ts';
import { logLoss } from '../../stages/metrics/log-loss.ts';
import { type Deal, readDeal } from './read-deal.ts';

/** The costs of the config's defaults: a default granted, a good loan refused. */
const COSTS = { falseNegative: 10, falsePositive: 1 };
const REPLICATES = 400;

const NOTE = [
  `Metrics with an interval are means over the deals of folds, out of fold; 95% intervals from ${REPLICATES} resamples of the clients within each class, the same for all points. auc ranks all clients at once, which costs trainers whose level differs from fold to fold; cv_auc is the mean over folds.`,
  `cost: per applicant, ${COSTS.falseNegative} for a default granted and ${COSTS.falsePositive} for a good loan refused, refusing from ${COSTS.falsePositive}/${COSTS.falsePositive + COSTS.falseNegative} on, calibrated by Platt on the other folds; cost_raw: of the probabilities as the model says them; cost_corrected: with the odds factor of weights and resampling taken off. ece: ten bins of equal count, calibrated.`,
].join(' ');

/** Compares points client by client on their out-of-fold predictions. */
export const judge: StudyJudge = async (points) => {
  const found: (readonly Deal[])[] = [];
  for (const { repeats } of points) {
    const deals: Deal[] = [];
    for (const files of repeats) deals.push(await readDeal(files));
    found.push(deals);
  }
  const target = requireSameClients(found);
  const replicates = resample(target, found);
  const exact = found.map((deals) => statisticsOf(target, deals));
  const rows = found.map((deals, at) => {
    const drawn = (of: number, name: Statistic): Float64Array => replicates[`${of}:${name}`] ?? new Float64Array();
    const estimate = (name: Statistic) => ({ value: exact[at]?.[name] ?? Number.NaN, ...percentileInterval(drawn(at, name)) });
    const gain = (name: Statistic) => ({
      value: (exact[at]?.[name] ?? Number.NaN) - (exact[0]?.[name] ?? Number.NaN),
      ...percentileInterval(drawn(at, name).map((value, index) => value - (drawn(0, name)[index] ?? Number.NaN))),
    });
    const plain = (value: (deal: Deal) => number) => ({ value: mean(deals.map(value)), lo: null, hi: null });
    return {
      metrics: {
        auc: estimate('auc'),
        cost: estimate('cost'),
        cost_raw: estimate('cost_raw'),
        cost_corrected: estimate('cost_corrected'),
        ece: plain(({ calibrated }) => expectedCalibrationError(target, calibrated)),
        ece_corrected: plain(({ corrected }) => expectedCalibrationError(target, corrected)),
        ece_raw: plain(({ raw }) => expectedCalibrationError(target, raw)),
        log_loss: plain(({ calibrated }) => logLoss(target, calibrated)),
      },
      against: at === 0 ? null : { auc: gain('auc'), cost: gain('cost') },
    };
  });
  return { note: NOTE, rows };
};

const STATISTICS = ['auc', 'cost', 'cost_raw', 'cost_corrected'] as const;
type Statistic = (typeof STATISTICS)[number];

function statisticsOf(target: Uint8Array, deals: readonly Deal[], weight?: Uint16Array): Readonly<Record<Statistic, number>> {
  const threshold = elkanThreshold(COSTS);
  const rows = weight === undefined ? target.length : weight.reduce((sum, value) => sum + value, 0);
  const cost = (probability: (deal: Deal) => Float64Array): number =>
    mean(deals.map((deal) => businessCost(confusion(target, probability(deal), threshold, weight), COSTS) / rows));
  return {
    auc: mean(deals.map(({ margin }) => auc(target, margin, weight))),
    cost: cost(({ calibrated }) => calibrated),
    cost_raw: cost(({ raw }) => raw),
    cost_corrected: cost(({ corrected }) => corrected),
  };
}

/** Replicates of each statistic of each point, named `point:statistic`; one resample serves all. */
function resample(target: Uint8Array, found: readonly (readonly Deal[])[]): Readonly<Record<string, Float64Array>> {
  const names = found.flatMap((deals, at) => STATISTICS.map((name) => [`${at}:${name}`, deals, name] as const));
  const known = new Map<readonly Deal[], { readonly weight: Uint16Array; readonly values: ReturnType<typeof statisticsOf> }>();
  const valueOf = (deals: readonly Deal[], weight: Uint16Array): ReturnType<typeof statisticsOf> => {
    const last = known.get(deals);
    if (last?.weight === weight) return last.values;
    const values = statisticsOf(target, deals, weight);
    known.set(deals, { weight, values });
    return values;
  };
  const statistics = names.map(([key, deals, name]) => [key, (weight: Uint16Array) => valueOf(deals, weight)[name]] as const);
  return bootstrap(target, Object.fromEntries(statistics), { replicates: REPLICATES, seed: 7 });
}

/** @returns the labels that all deals share */
function requireSameClients(found: readonly (readonly Deal[])[]): Uint8Array {
  const first = found[0]?.[0];
  if (first === undefined) return new Uint8Array();
  const differs = found.flat().some(({ id }) => id.length !== first.id.length || id.some((value, row) => value !== first.id[row]));
  if (differs)
    throw new SluiceError('CONFIG_VALUE', 'the points were trained on different clients, so they cannot be compared client by client', {
      hint: 'Vary the folds with params.split.foldSeed; leave the data and the holdout alone.',
    });
  return first.target;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
