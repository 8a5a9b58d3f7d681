import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isUlid, ulid, ulidTime } from '../../util/ulid.ts';
import type { Project } from '../project/project.ts';

/** An id that sorts after those of all runs on record: where the clock was set back, the run made last is still the latest. */
export function nextRunId({ artifactsDir }: Pick<Project, 'artifactsDir'>): string {
  const newest = runIds(join(artifactsDir, 'runs')).reduce((latest, id) => (id > latest ? id : latest), '');
  return ulid(Math.max(Date.now(), newest === '' ? 0 : ulidTime(newest) + 1));
}

function runIds(dir: string): readonly string[] {
  try {
    return readdirSync(dir).filter(isUlid);
  } catch {
    return [];
  }
}
