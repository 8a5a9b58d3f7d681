/**
 * `status` on a graph that is up to date, at the price of some stats: the last full answer is kept together with the stamp
 * of everything that it depended on. No bundler, no schema library and no database are loaded on this path.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileStamp, sameStamp, stampFile } from '../fingerprint/file-stamp.ts';
import type { Project } from './project.ts';
import type { StatusReport } from './status-report.ts';

export interface StatusSnapshot {
  readonly schema: 1;
  readonly node: string;
  readonly artifactsDir: string;
  /** The declared environment variables that were looked at, and what they were. */
  readonly env: Readonly<Record<string, string | null>>;
  readonly stamps: Readonly<Record<string, FileStamp>>;
  readonly report: StatusReport;
}

export function snapshotFile(project: Project): string {
  return join(project.cacheDir, 'status.json');
}

/** The kept answer if nothing that it depends on moved; null when the full planner has to look. */
export async function fastStatus(project: Project, env: Readonly<Record<string, string | undefined>> = process.env): Promise<StatusReport | null> {
  try {
    const snapshot = JSON.parse(await readFile(snapshotFile(project), 'utf8')) as StatusSnapshot;
    if (snapshot.schema !== 1 || snapshot.node !== process.version || snapshot.artifactsDir !== project.artifactsDir) return null;
    if (Object.entries(snapshot.env).some(([name, value]) => (env[name] ?? null) !== value)) return null;
    const same = await Promise.all(Object.entries(snapshot.stamps).map(async ([path, stamp]) => {
      const now = await stampFile(path);
      return now !== null && sameStamp(stamp, now);
    }));
    return same.every(Boolean) ? snapshot.report : null;
  } catch {
    return null;
  }
}
