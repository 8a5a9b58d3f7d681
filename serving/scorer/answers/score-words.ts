import { reasonsOf } from '../../../stages/explanations/reasons.ts';
import { decide } from '../../../stages/evaluate/write-predictions.ts';
import type { ApplicantBook } from '../../book/applicant-book.ts';
import type { Population } from '../../book/population.ts';
import { featureDigest } from '../feature-digest.ts';
import type { DataIssue, Reason, ScoreAnswer } from '../score-answer.ts';
import type { ServedModel } from '../served-model.ts';
import { dataQualityOf, setAsideIssues, unclaimedIssues } from './data-quality.ts';
import { probabilityOf } from './probability.ts';
import { thresholdOf } from './threshold.ts';

/** A row that was scored. */
export interface ScoredRow {
  readonly applicantId: number | null;
  /** Canonical: see feature-digest.ts. */
  readonly row: Float32Array;
  readonly margin: number;
  readonly calibrated: number;
}

/** Puts a model's numbers into an answer; what is the same for all its answers is made once. */
export class ScoreWords {
  readonly #model: ServedModel;
  readonly #population: Population | null;
  readonly #book: ApplicantBook | null;
  readonly #threshold: ScoreAnswer['threshold'];
  readonly #unclaimed: readonly DataIssue[];
  readonly #quality: ReturnType<typeof dataQualityOf>;

  /** @param book says which of somebody's rows could not be read */
  constructor(model: ServedModel, population: Population | null, book: ApplicantBook | null = null) {
    this.#model = model;
    this.#population = population;
    this.#book = book;
    this.#threshold = thresholdOf(model.decision);
    this.#unclaimed = unclaimedIssues(book?.rejected.unclaimed ?? {});
    this.#quality = dataQualityOf(model, population);
  }

  get threshold(): ScoreAnswer['threshold'] {
    return this.#threshold;
  }

  refuses(calibrated: number): boolean {
    return decide(Float64Array.of(calibrated), this.#threshold.value)[0] === 1;
  }

  /** What either decision costs on average. */
  expectedCost(calibrated: number): ScoreAnswer['expectedCost'] {
    const { costs } = this.#threshold;
    return { grant: calibrated * costs.falseNegative, refuse: (1 - calibrated) * costs.falsePositive };
  }

  /** Of a refusal; a grant has none. @param contributions of the row, one a feature; null where they were not asked for or there are none */
  answer({ applicantId, row, margin, calibrated }: ScoredRow, contributions: Float32Array | null): ScoreAnswer {
    const refused = this.refuses(calibrated);
    return {
      applicantId,
      model: this.#model.identity,
      probabilityOfDefault: probabilityOf(calibrated, this.#population),
      threshold: this.#threshold,
      decision: refused ? 'refuse' : 'grant',
      expectedCost: this.expectedCost(calibrated),
      reasons: refused && contributions !== null ? this.reasons(contributions) : [],
      featureDigest: featureDigest(row),
      dataQuality: [
        ...(applicantId === null || this.#book === null ? [] : [...setAsideIssues(this.#book.setAside(applicantId)), ...this.#unclaimed]),
        ...this.#quality(row),
      ],
      logOdds: margin,
    };
  }

  reasons(contributions: Float32Array): readonly Reason[] {
    if (this.#model.reasons === null) return [];
    return reasonsOf(this.#model.reasons, contributions).map(({ code: { code, en, fr }, push }) => ({ code, en, fr, contribution: push }));
  }
}
