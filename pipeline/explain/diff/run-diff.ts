import type { FileChange, PackageChange } from '../change.ts';

/** A value on both sides; null where a side has none. */
export interface Sides<T> {
  readonly a: T | null;
  readonly b: T | null;
}

export interface RunMark {
  readonly id: string;
  readonly startedAt: string;
  readonly exitCode: number | null;
  readonly commit: string | null;
  readonly dirty: boolean;
}

export interface ParamDiff extends Sides<unknown> {
  readonly key: string;
  /** Stages that read it; empty for a key that changed nothing. */
  readonly readBy: readonly string[];
}

export interface MetricDiff extends Sides<number> {
  readonly stage: string;
  readonly name: string;
  /** b − a; null where a side has none. */
  readonly difference: number | null;
  /** The last step of a series on each side; 0 for a single value. */
  readonly steps: Sides<number>;
}

export interface DataVersion {
  readonly digest: string;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly columns: number | null;
}

export interface DataDiff extends Sides<DataVersion> {
  /** STAGE.PORT of a table, or STAGE.INPUT of a folder of files. */
  readonly name: string;
  readonly kind: 'source' | 'table';
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  /** Files of a folder that differ. */
  readonly files: readonly { readonly file: string; readonly change: FileChange['change'] }[];
}

export interface CodeDiff extends FileChange {
  /** Stages in whose code it is looked at. */
  readonly stages: readonly string[];
}

export interface GateDiff extends Sides<'passed' | 'rejected'> {
  readonly stage: string;
}

/** What two runs differ in. Lists hold what differs; metrics hold all, since an equal number is an answer too. */
export interface RunDiff {
  readonly a: RunMark;
  readonly b: RunMark;
  readonly params: readonly ParamDiff[];
  readonly metrics: readonly MetricDiff[];
  readonly gates: readonly GateDiff[];
  readonly data: readonly DataDiff[];
  readonly code: readonly CodeDiff[];
  readonly packages: readonly PackageChange[];
  /** Native libraries and the runtime. */
  readonly machine: readonly { readonly what: string; readonly a: string | null; readonly b: string | null }[];
  /** Stages that only one of the runs finished. */
  readonly onlyIn: { readonly a: readonly string[]; readonly b: readonly string[] };
}
