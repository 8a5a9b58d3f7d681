import { oncePer } from './once-per.ts';
import { quantileOfSorted } from '../../../stages/metrics/quantile.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { Population } from '../../book/population.ts';
import type { OutcomeHistogram, PopulationFacts, Standing } from '../population-answer.ts';

const BINS = 20;

/** Whom applicants are compared with, in words. */
export function populationFacts({ record }: Population): PopulationFacts {
  const { clients, holdout, defaults, sameRun } = record;
  const of = { en: clients < holdout ? ` (a sample of ${holdout})` : '', fr: clients < holdout ? ` (échantillon de ${holdout})` : '' };
  const run = sameRun
    ? { en: '', fr: '' }
    : {
        en: ' They are of another run than the one that made this model.',
        fr: ' Ils viennent d’une autre exécution que celle qui a produit ce modèle.',
      };
  return {
    clients,
    defaultRate: clients === 0 ? Number.NaN : defaults / clients,
    note: {
      en: `${clients} past clients${of.en} whose outcome is known and whom the model has not learnt from.${run.en}`,
      fr: `${clients} clients passés${of.fr} dont l’issue est connue et que le modèle n’a pas vus à l’apprentissage.${run.fr}`,
    },
  };
}

export interface StandingOf {
  readonly feature: string | null;
  readonly label: Sentence;
  readonly value: number | null;
  /** Of the population; NaN where unknown. */
  readonly values: ArrayLike<number>;
  readonly outcomes: Uint8Array;
}

/** Where a value stands among those of the population, by outcome. */
export function standingOf({ feature, label, value, values, outcomes }: StandingOf): Standing {
  const rows = withOutcome(values, outcomes);
  const known = rows.filter(({ own }) => !Number.isNaN(own));
  const sorted = (of: readonly { readonly own: number }[]): Float64Array => Float64Array.from(of, ({ own }) => own).toSorted();
  const all = sorted(known);
  const middle = (of: Float64Array): number | null => (of.length === 0 ? null : quantileOfSorted(of, 0.5));
  return {
    feature,
    label,
    value,
    percentile: value === null || all.length === 0 ? null : shareBelow(all, value),
    median: {
      all: middle(all),
      repaid: middle(sorted(known.filter(({ defaulted }) => !defaulted))),
      defaulted: middle(sorted(known.filter(({ defaulted }) => defaulted))),
    },
    histogram: histogramOf(rows, all),
  };
}

/** How the probability of default is spread over a population; made once. */
export const scoreHistogramOf = oncePer(({ calibrated, outcomes }: Population): OutcomeHistogram =>
  histogramOf(withOutcome(calibrated, outcomes), calibrated.toSorted()),
);

interface Outcome {
  readonly own: number;
  readonly defaulted: boolean;
}

function withOutcome(values: ArrayLike<number>, outcomes: Uint8Array): readonly Outcome[] {
  return Array.from(values, (own, at) => ({ own, defaulted: outcomes[at] === 1 }));
}

/** Half of the equal ones counted in. */
function shareBelow(sorted: Float64Array, value: number): number {
  let [below, equal] = [0, 0];
  for (const own of sorted) {
    if (own < value) below += 1;
    else if (own === value) equal += 1;
  }
  return (below + equal / 2) / sorted.length;
}

/** Whole numbers of few kinds get a bin each; others {@link BINS} of one width, the outermost half per cent in the end bins. */
function histogramOf(rows: readonly Outcome[], sorted: Float64Array): OutcomeHistogram {
  const edges = edgesOf(sorted);
  const repaid = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0);
  const defaulted = repaid.slice();
  const unknown = { repaid: 0, defaulted: 0 };
  for (const row of rows) {
    if (Number.isNaN(row.own)) {
      unknown[row.defaulted ? 'defaulted' : 'repaid'] += 1;
      continue;
    }
    const bin = Math.min(
      repaid.length - 1,
      Math.max(
        0,
        edges.findLastIndex((edge) => edge <= row.own),
      ),
    );
    const counts = row.defaulted ? defaulted : repaid;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges, repaid, defaulted, unknown };
}

function edgesOf(sorted: Float64Array): readonly number[] {
  if (sorted.length === 0) return [];
  const kinds = [...new Set(sorted)];
  const first = kinds[0] ?? 0;
  const last = kinds.at(-1) ?? 0;
  if (kinds.every(Number.isInteger) && last - first < BINS) return Array.from({ length: last - first + 2 }, (_, at) => first + at - 0.5);
  const [low, high] = [quantileOfSorted(sorted, 0.005), quantileOfSorted(sorted, 0.995)];
  if (low === high) return [low - 0.5, low + 0.5];
  return Array.from({ length: BINS + 1 }, (_, at) => low + ((high - low) * at) / BINS);
}
