import { diffRuns, type RunSide } from '../../explain/diff/diff-runs.ts';
import type { RunDiff } from '../../explain/diff/run-diff.ts';
import { SourceArchive } from '../../fingerprint/source-archive.ts';
import type { MetricPoint } from '../../graph/artifact.ts';
import type { Manifest, StoredArtifact } from '../../store/manifest.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { storedPath } from './artifact-path.ts';
import { readMetrics } from '../context/inputs.ts';
import type { Project } from '../project/project.ts';
import { readRun, type RunRecord } from '../record/run-record.ts';

/** What two runs differ in, by their records and what is still in the store. @throws SluiceError RUN_NOT_FOUND */
export async function compareRuns(project: Project, a: string, b: string): Promise<RunDiff> {
  const [before, after] = await Promise.all([readRun(project, a), readRun(project, b)]);
  const read = (artifact: StoredArtifact): Promise<readonly MetricPoint[]> =>
    readMetrics(storedPath(project, artifact)).catch(noneWhereGone);
  return diffRuns(await sideOf(project, before), await sideOf(project, after), {
    archive: new SourceArchive(project.cacheDir),
    readMetrics: read,
  });
}

async function sideOf(project: Project, record: RunRecord): Promise<RunSide> {
  const manifests = new ManifestStore(project.artifactsDir);
  const works = new Map<string, Manifest>();
  for (const [stage, { fingerprint }] of Object.entries(record.stages)) {
    const work = (await manifests.candidates(stage)).find((candidate) => candidate.fingerprint === fingerprint);
    if (work !== undefined) works.set(stage, work);
  }
  const { id, startedAt, exitCode, config, git } = record;
  return { id, startedAt, exitCode, config, ...git, works };
}

function noneWhereGone(error: unknown): readonly MetricPoint[] {
  if (systemErrorCode(error) === 'ENOENT') return [];
  throw error;
}
