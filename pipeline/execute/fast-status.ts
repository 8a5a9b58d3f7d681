/**
 * `status` on a graph that is up to date, at the price of some stats: the last full answer is kept together with the stamp
 * of everything that it depended on. No bundler, no schema library and no database are loaded on this path.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileStamp, stampFile } from '../fingerprint/file-stamp.ts';
import { version } from '../util/version.ts';
import type { Project } from './project.ts';
import type { StatusReport } from './status-report.ts';

export interface StatusSnapshot {
  readonly schema: 2;
  /** Of Node and of Sluice. */
  readonly versions: string;
  readonly artifactsDir: string;
  /** The declared environment variables that were looked at, and what they were. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Path to {@link stampText}: all had settled before the process that planned began. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly report: StatusReport;
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
export function fastStatus(project: Project, env: Readonly<Record<string, string | undefined>> = process.env): StatusReport | null {
  try {
    const snapshot = JSON.parse(readFileSync(snapshotFile(project), 'utf8')) as StatusSnapshot;
    if (snapshot.schema !== 2 || snapshot.versions !== snapshotVersions || snapshot.artifactsDir !== project.artifactsDir) return null;
    if (Object.entries(snapshot.env).some(([name, value]) => (env[name] ?? null) !== value)) return null;
    return Object.entries(snapshot.stamps).every(([path, text]) => stampText(stampFile(path)) === text) ? snapshot.report : null;
  } catch {
    return null;
  }
}
