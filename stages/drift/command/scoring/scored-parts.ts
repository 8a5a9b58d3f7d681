import type { OutOfFold } from '../../estimate/estimate-performance.ts';
import type { DriftResult } from '../../drift-schema.ts';
import type { ProfileSummary } from '../../profile/profile-summary.ts';
import type { SegmentRows } from '../../segments/read-segments.ts';

type Outlook = Pick<DriftResult, 'score' | 'estimate' | 'shift' | 'importance' | 'joint' | 'realised' | 'segments'>;

/** What is known of the scores of both parts. */
export interface ScoredParts extends Outlook {
  /** Why one of these is null, by its name. */
  readonly unknown: Readonly<Record<string, string>>;
  readonly modelSha256: string | null;
  readonly threshold: number | null;
  /** For a profile of the reference. */
  readonly reference: {
    readonly probability: ArrayLike<number>;
    readonly labelled: OutOfFold | null;
    readonly segments: readonly SegmentRows[];
    readonly summary?: ProfileSummary;
  } | null;
}

/** What is known before any row is scored. */
export interface Scoring {
  /** Columns that are scores, hence not compared as features. */
  readonly columns: readonly string[];
  /** What the values 0, 1, … of the model's columns of categories stand for. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Columns that the batch would need and lacks: its contract is broken, even by one that is not compared, such as the key. */
  readonly absent?: readonly string[];
  /** To be called once. @param columns settled when nobody compares columns any more */
  readonly score: (columns: Promise<unknown>) => Promise<ScoredSoFar>;
}

/** What takes time and no database may be left for later: while it is computed, DuckDB reads something else. */
export interface ScoredSoFar extends ScoredParts {
  /** All of it, to be called once. */
  readonly finish?: () => ScoredParts;
}

/** Nothing known, for the reason given. */
export function notScored(reason: string, known: Partial<ScoredParts> = {}): ScoredParts {
  const names = ['score', 'estimate', 'shift', 'importance', 'segments'] as const;
  return {
    score: null,
    estimate: null,
    shift: null,
    importance: null,
    joint: null,
    realised: null,
    segments: null,
    unknown: Object.fromEntries(names.map((name) => [name, reason])),
    modelSha256: null,
    threshold: null,
    reference: null,
    ...known,
  };
}

/** Nothing to score, for the reason given. */
export function nothingToScore(reason: string, known: Partial<ScoredParts> = {}): Scoring {
  return { columns: [], categories: {}, score: () => Promise.resolve(notScored(reason, known)) };
}
