import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { Prediction } from '../../scoring/model/fitted-model.ts';
import type { ModelFormat } from '../../scoring/model/formats.ts';
import type { TrainParams } from '../params.ts';
import type { RowView } from '../row-view.ts';

/** What a trainer may know before it sees a row. */
export interface TrainerSetup {
  /** Read your own keys only, and only those that matter: what is read is part of the fingerprint. */
  readonly params: TrainParams;
  /** What each column of the matrices to come is, in their order: names, direction, … */
  readonly columns: readonly CatalogueEntry[];
  /** 1 for default, of all development rows: for settings that depend on the size of the book. Not to be learnt from. */
  readonly target: Float32Array;
  readonly threads: number;
  readonly projectDir: string;
}

/** Rows with what is to be learnt of them. */
export interface LabelledRows extends RowView {
  /** 1 for default, 0 for repaid; one a row of the view. */
  readonly label: Float32Array;
  /** One a row of the view; null when all count the same. */
  readonly weight: Float32Array | null;
}

/** One of the ways to make a model of rows; `trainers/<name>/trainer.ts` exports a function that opens it. */
export interface Trainer {
  /** What trains, such as "xgboost", and its version: recorded in the summary. */
  readonly library: string;
  readonly libraryVersion: string;
  /** Of the bytes that `save` gives. */
  readonly format: ModelFormat;
  /** Most rounds, at least 1. A trainer that fits at once has 1: cross-validation then chooses no round. */
  readonly maxRounds: number;
  /** Rounds without improvement that end its training, where they cost so much that params.train.patience would be a waste. */
  readonly patience?: number;
  /** What defines the model beside the data, in the library's words: recorded in the summary. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** A warning for people about a model of so many rounds whose margins on its validation rows are these; null where all is well. */
  readonly advice?: (outcome: { readonly bestRound: number; readonly constant: boolean }) => string | null;
  /** @param valid rows whose labels it must not see, on which predictions are asked for after any round; null for the final model */
  start(train: LabelledRows, valid: RowView | null): Learner | Promise<Learner>;
}

/** A model in the making. */
export interface Learner extends Disposable {
  /** One more round: a tree, an epoch, or the whole fit. @param round counts from 1, each once, in order */
  train(round: number): void | Promise<void>;
  /** Log-odds of the training rows after the rounds so far; may be slow. */
  trainMargin(): Float32Array;
  /** Log-odds of the validation rows after the rounds so far; asked after every round. */
  validMargin(): Float32Array;
  /** Both for the validation rows, with the very numbers that the saved model will give. */
  valid(): Prediction;
  /** The model after the rounds so far. The same bytes for the same rows, params and seed, whatever the threads. */
  save(): Uint8Array;
}
