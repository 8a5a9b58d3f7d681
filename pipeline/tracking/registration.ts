import type { MetricPoint } from '../graph/artifact.ts';

type Texts = Readonly<Record<string, string>>;

/** A file of ours and the path it gets on the tracker. */
export interface FilePlacement {
  readonly path: string;
  readonly from: string;
}

export interface TrackedDataset {
  readonly name: string;
  /** At most 36 characters; the full hash belongs in `tags`. */
  readonly digest: string;
  /** training, validation, reference or current. */
  readonly context: string;
  readonly source: Readonly<Record<string, unknown>>;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly tags: Texts;
}

/** A point that happened at a time of its own. */
export interface TimedPoint extends MetricPoint {
  /** Whole ms since 1970. */
  readonly time: number;
}

/** A part of the run that is shown as a run below it: a fold, a trial. */
export interface ChildRun {
  /** Unique among the children. */
  readonly name: string;
  readonly tags: Texts;
  readonly params: Texts;
  readonly metrics: readonly MetricPoint[];
}

/** Parts of a registration that a run holds already. */
export interface SentAhead {
  readonly runId: string;
  /** Of the logged model that has the files of the model; null where none were sent. */
  readonly modelId: string | null;
  /** A digest of each part. */
  readonly parts: readonly string[];
}

/**
 * Everything that a tracker is to know of a model and the run that made it, in the words of any tracker.
 * Two registrations with the same key are the same: the second only confirms the first.
 */
export interface Registration {
  /** 64 hex digits. */
  readonly key: string;
  readonly experiment: string;
  readonly run: {
    readonly name: string;
    readonly user: string;
    /** Markdown. */
    readonly description: string;
    readonly tags: Texts;
    readonly params: Texts;
    readonly metrics: readonly MetricPoint[];
    /** Series that were known long before the rest: sent ahead where somebody did, else with it. */
    readonly curves: readonly MetricPoint[];
    /** What the machine did. */
    readonly system: readonly TimedPoint[];
    /** Sent ahead like `curves`. */
    readonly children: readonly ChildRun[];
    /** What `sendAhead` sent of curves, children and files, and to which run; null for nothing. */
    readonly ahead: SentAhead | null;
    readonly datasets: readonly TrackedDataset[];
    readonly files: readonly FilePlacement[];
    /** Times in whole ms since 1970. */
    readonly startedAt: number;
    readonly endedAt: number;
  };
  readonly model: {
    /** Name in the registry. */
    readonly name: string;
    readonly description: string;
    /** Name of the logged model inside the run. */
    readonly loggedName: string;
    readonly type: string;
    readonly params: Texts;
    /** Metrics of the model on one of the run's datasets. */
    readonly metrics: readonly MetricPoint[];
    readonly metricsOn: { readonly name: string; readonly digest: string };
    /** In order; the last one is the descriptor that makes the folder a model, its placeholders are filled by the tracker. */
    readonly files: readonly FilePlacement[];
    readonly versionDescription: string;
    readonly versionTags: Texts;
    /** Equal for versions that hold the same model, whatever they were judged on. */
    readonly modelKey: string;
  };
  readonly judgement: Judgement;
}

export interface Judgement {
  /** champion only where the verdict allows it. */
  readonly alias: 'champion' | 'challenger';
  /** The champion's version that this model was judged against; `none`, or `unknown` when the tracker could not be asked. */
  readonly judgedAgainst: string;
}

/** Placeholders of the descriptor file and of the run's description: what only the tracker knows. */
export const PLACEHOLDERS = {
  modelId: '{{model_id}}',
  runId: '{{run_id}}',
  experimentId: '{{experiment_id}}',
  artifactUri: '{{artifact_uri}}',
} as const;
