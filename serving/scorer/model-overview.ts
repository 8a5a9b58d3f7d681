import type { SetAside } from '../book/set-aside.ts';
import type { PrepareProgress } from '../book/prepare/prepare-order.ts';
import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { ModelIdentity, Threshold } from './score-answer.ts';

/** A feature of the model, as the catalogue describes it. */
export interface FeatureDescription {
  readonly name: string;
  /** The raw table it is made of. */
  readonly table: string;
  /** How, in words. */
  readonly formula: string;
  readonly concept: string;
  readonly description: Sentence;
  readonly direction: 'raises' | 'lowers' | 'unknown';
  readonly prohibited: boolean;
  readonly changeable: boolean;
  /** Place among the model's inputs; null for one that the model does not read. */
  readonly position: number | null;
}

/** What there is to know of the model that decides now. */
export interface ModelOverview {
  readonly model: ModelIdentity;
  readonly trainer: string;
  readonly features: number;
  readonly threshold: Threshold;
  /** Whether explanations, reasons, a band of the probability, a population to compare with are there; otherwise what is missing. */
  readonly missing: readonly Sentence[];
  /** Mean |contribution| over the population, largest first; empty without a population. */
  readonly importance: readonly {
    readonly feature: string;
    readonly concept: string;
    readonly description: Sentence;
    readonly meanAbs: number;
  }[];
  readonly concepts: readonly ({ readonly concept: string; readonly meanAbs: number } & Sentence)[];
}

/** The scorer's state, for /ready and /metrics. */
export interface ScorerStatus {
  readonly champion: ModelIdentity;
  /** registry: proven against it; kept: MLflow could not be asked, this is the last champion that was proven. */
  readonly source: 'registry' | 'kept';
  /** Why the registry's word is not the last one; null where it is. */
  readonly warning: string | null;
  readonly challenger: ModelIdentity | null;
  /** Models that took over since start. */
  readonly swaps: number;
  readonly scored: number;
  readonly explained: number;
  /** Calls that wait or are at work. */
  readonly waiting: { readonly score: number; readonly explain: number; readonly features: number };
  /** The challenger on the same applicants, off the answers' path. Calls beyond what it keeps up with are dropped, not queued. */
  readonly shadow: {
    readonly scored: number;
    readonly dropped: number;
    readonly failed: number;
    /** Applicants on whom it would decide otherwise. */
    readonly differ: number;
    /** Mean of |its probability − the champion's|; null before the first. */
    readonly meanDifference: number | null;
  };
  /** How far the book and the index are; null where they are not being made. */
  readonly preparing: PrepareProgress | null;
  /** Why there is no book though there are tables for one, without what stands in them; null otherwise. */
  readonly bookFailure: string | null;
  readonly book: { readonly applicants: number; readonly setAside: SetAside | null } | null;
  readonly population: { readonly clients: number } | null;
}
