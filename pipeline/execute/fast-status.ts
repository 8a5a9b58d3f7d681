/**
 * `status` on a graph that is up to date, and `run` with nothing to do, at the price of some stats: the last full answer is kept
 * together with the stamp of everything that it depended on. No bundler, no schema library and no database are loaded on this path.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateRuleResult } from '../events/event.ts';
import { type FileStamp, stampFile } from '../fingerprint/file-stamp.ts';
import { version } from '../util/version.ts';
import type { Project } from './project/project.ts';
import type { StatusReport } from './status-report.ts';

/** A run that reuses everything: each stage in order, with the work that stands for it. Every gate has passed. */
export interface KeptRun {
  readonly pipeline: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly stages: readonly {
    readonly stage: string;
    readonly fingerprint: string;
    readonly reason: string;
    readonly gate: { readonly verdict: 'passed' | 'rejected'; readonly rules: readonly GateRuleResult[] } | null;
  }[];
}

export interface StatusSnapshot {
  readonly schema: 4;
  /** Of Node and of Sluice. */
  readonly versions: string;
  readonly artifactsDir: string;
  /** The declared environment variables that were looked at, and what they were. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Path to {@link stampText}: all had settled before they were looked at. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly report: StatusReport;
  /** Null where a run would have more to do than to say so: confirm an effect, export a report, write the lock. */
  readonly run: KeptRun | null;
}

export function snapshotFile(project: Project): string {
  return join(project.cacheDir, 'status.json');
}

export const snapshotVersions = `${process.version} ${version}`;

/** A stamp as the snapshot keeps it; "none" where there is no such file. */
export function stampText(stamp: FileStamp | null): string {
  return stamp === null ? 'none' : `${stamp.size} ${stamp.mtime} ${stamp.ctime} ${stamp.inode}`;
}

/** The kept answer if nothing that it depends on moved; null when the full planner has to look. */
export function fastStatus(
  project: Project,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Pick<StatusSnapshot, 'report' | 'run'> | null {
  try {
    const snapshot = JSON.parse(readFileSync(snapshotFile(project), 'utf8')) as StatusSnapshot;
    if (snapshot.schema !== 4 || snapshot.versions !== snapshotVersions || snapshot.artifactsDir !== project.artifactsDir) return null;
    if (Object.entries(snapshot.env).some(([name, value]) => (env[name] ?? null) !== value)) return null;
    return Object.entries(snapshot.stamps).every(([path, text]) => stampText(stampFile(path)) === text) ? snapshot : null;
  } catch {
    return null;
  }
}
