import { PSI_BANDS } from '../../stages/metrics/psi.ts';
import type { OutcomeHistogram } from '../scorer/population-answer.ts';
import type { ScoreAnswer } from '../scorer/score-answer.ts';

/** Answers that drift is looked at over: the last ones. */
const LAST = 5000;
/** Fewer than this say nothing. */
export const LEAST_ANSWERS = 100;
const BANDS = 10;

export interface ScoreBand {
  readonly from: number;
  readonly to: number;
  /** Shares. */
  readonly expected: number;
  readonly observed: number;
}

export interface ScoreDrift {
  readonly status: 'ok' | 'watch' | 'act' | 'unknown';
  /** Σ (observed − expected) · ln(observed / expected) over bands of the population, each share with half a client added. */
  readonly psi: number | null;
  readonly answers: number;
  readonly bins: readonly ScoreBand[];
}

/** The probabilities that were answered last by the model in service, compared with those of the population that it was made with. */
export class ScoreMonitor {
  readonly #last = new Float64Array(LAST);
  #count = 0;
  #model = '';

  /** One answer. Another model starts anew. */
  record({ model, probabilityOfDefault }: ScoreAnswer): void {
    if (model.sha256 !== this.#model) {
      this.#model = model.sha256;
      this.#count = 0;
    }
    this.#last[this.#count++ % LAST] = probabilityOfDefault.value;
  }

  /** @param population of the same model; null where there is none */
  drift(population: OutcomeHistogram | null): ScoreDrift {
    const answers = Math.min(this.#count, LAST);
    if (population === null) return { status: 'unknown', psi: null, answers, bins: [] };
    const bands = bandsOf(population);
    const clients = bands.reduce((sum, { count }) => sum + count, 0);
    const observed = bands.map(() => 0);
    for (const value of this.#last.subarray(0, answers)) {
      const at = bands.findIndex(({ to }) => value < to);
      const band = at < 0 ? bands.length - 1 : at;
      observed[band] = (observed[band] ?? 0) + 1;
    }
    const bins = bands.map(({ from, to, count }, band) => ({
      from,
      to,
      expected: (count + 0.5) / (clients + bands.length / 2),
      observed: ((observed[band] ?? 0) + 0.5) / (answers + bands.length / 2),
    }));
    if (answers < LEAST_ANSWERS) return { status: 'unknown', psi: null, answers, bins };
    const psi = bins.reduce((sum, { expected, observed: share }) => sum + (share - expected) * Math.log(share / expected), 0);
    return { status: psi >= PSI_BANDS.shifted ? 'act' : psi >= PSI_BANDS.moved ? 'watch' : 'ok', psi, answers, bins };
  }
}

/** The histogram's bars joined into bands of about a tenth of the population each. */
function bandsOf({ edges, repaid, defaulted }: OutcomeHistogram): readonly { from: number; to: number; count: number }[] {
  const counts = repaid.map((count, bar) => count + (defaulted[bar] ?? 0));
  const wanted = counts.reduce((sum, count) => sum + count, 0) / BANDS;
  const bands: { from: number; to: number; count: number }[] = [];
  let from = edges[0] ?? 0;
  let count = 0;
  counts.forEach((bar, index) => {
    count += bar;
    const to = edges[index + 1] ?? 1;
    if (count < wanted && index < counts.length - 1) return;
    bands.push({ from, to, count });
    from = to;
    count = 0;
  });
  return bands;
}
