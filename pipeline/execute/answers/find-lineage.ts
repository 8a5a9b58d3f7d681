import { resolve } from 'node:path';
import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Lineage } from '../../explain/lineage/lineage.ts';
import { type MadeArtifact, traceLineage } from '../../explain/lineage/trace-lineage.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Pipeline } from '../../graph/stage.ts';
import { indexManifests, namedArtifacts } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import { findModel, type RegisteredModel, type TrackingProject } from '../../tracking/mlflow/index.ts';
import type { Project } from '../project/project.ts';
import { listRuns, type RunRecord } from '../record/run-record.ts';
import { digestAtPath } from './digest-at-path.ts';

export interface LineageAnswer extends Lineage {
  /** The registered model that was asked about; null for an artifact of the store. */
  readonly model: RegisteredModel | null;
  /** Run to the commit that the project stood at. */
  readonly commits: Readonly<Record<string, RunRecord['git']>>;
}

export interface LineageQuestion {
  readonly project: Project;
  readonly pipeline: Pipeline;
  readonly tracking: TrackingProject;
  /** STAGE.PORT, a digest or the beginning of one, MODEL@VERSION or MODEL@ALIAS, or the path of a file or folder. */
  readonly subject: string;
  /** Where a path begins. */
  readonly cwd: string;
}

/** @throws SluiceError USAGE, ARTIFACT_MISSING, MLFLOW_UNREACHABLE */
export async function findLineage({ project, pipeline, tracking, subject, cwd }: LineageQuestion): Promise<LineageAnswer> {
  const atPath = await digestAtPath(resolve(cwd, subject));
  const model = subject.includes('@') && atPath === null ? await findModel(tracking, subject) : null;
  const named = namedArtifacts(await indexManifests(project.artifactsDir));
  const made = named.flatMap(({ owner, port, artifact }): MadeArtifact[] =>
    owner.manifest === null ? [] : [{ work: owner.manifest, port, digest: artifact.digest }],
  );
  const latest = new Set(named.flatMap(({ owner }) => (owner.latest ? [owner.fingerprint] : [])));
  const subjects = model === null ? [findSubject(subject, { made, latest, atPath })] : findModelFiles(model, made);
  const wholes = await wholeTables(project);
  const lineage = traceLineage(subjects, { made, wholes, declared: (stage, input) => declaredPort(pipeline, stage, input) });
  const runs = new Set(lineage.works.map(({ run }) => run));
  const records = (await listRuns(project)).filter(({ id }) => runs.has(id));
  return { model, ...lineage, commits: Object.fromEntries(records.map(({ id, git }) => [id, git])) };
}

/** The artifact that a name or the beginning of a digest means: of a port, its last good one. */
function findSubject(
  subject: string,
  {
    made,
    latest,
    atPath,
  }: { readonly made: readonly MadeArtifact[]; readonly latest: ReadonlySet<string>; readonly atPath: string | null },
): MadeArtifact {
  const digest = subject.replace(/^sha256:/, '').toLowerCase();
  if (atPath === null && /^[0-9a-f]{6,64}$/.test(digest)) return findDigest(digest, made);
  const named = made.filter(({ work, port }) => `${work.stage}.${port}` === subject);
  const found = named.find(({ work }) => latest.has(work.fingerprint)) ?? named[0];
  if (found !== undefined) return found;
  if (atPath !== null) return findDigest(atPath, made);
  const names = [...new Set(made.map(({ work, port }) => `${work.stage}.${port}`))];
  throw new SluiceError('ARTIFACT_MISSING', `the store has no artifact "${subject}".${didYouMean(subject, names)}`, {
    hint:
      names.length === 0
        ? 'Nothing has run yet: sluice run'
        : 'Ask for STAGE.PORT, for six or more digits of a sha256, the path of a file, or MODEL@VERSION. A port is made by: sluice run STAGE',
  });
}

function findDigest(digest: string, made: readonly MadeArtifact[]): MadeArtifact {
  const found = made.filter((artifact) => artifact.digest.startsWith(digest));
  const digests = [...new Set(found.map((artifact) => artifact.digest))];
  if (digests.length > 1)
    throw new SluiceError('USAGE', `${digests.length} artifacts begin with ${digest}`, {
      hint: `Add digits: ${digests
        .slice(0, 5)
        .map((full) => full.slice(0, digest.length + 6))
        .join(', ')}`,
    });
  const [first] = found;
  if (first !== undefined) return first;
  throw new SluiceError('ARTIFACT_MISSING', `the store has no artifact with sha256 ${digest}`, {
    hint: 'It may have been collected, or belong to another artifacts folder (SLUICE_ARTIFACTS).',
  });
}

/** What in the store was registered as a model. */
function findModelFiles(model: RegisteredModel, made: readonly MadeArtifact[]): readonly MadeArtifact[] {
  const digests = new Set(Object.values(model.digests));
  const found = made.filter(({ digest }) => digests.has(digest));
  const perPort = new Map(found.toReversed().map((artifact) => [`${artifact.work.stage}.${artifact.port}`, artifact]));
  if (perPort.size > 0) return [...perPort.values()];
  const files = Object.entries(model.digests).map(([file, digest]) => `${file} ${digest.slice(0, 12)}…`);
  throw new SluiceError(
    'ARTIFACT_MISSING',
    `"${model.name}" version ${model.version} was made of ${files.join(', ') || 'files without digests'}, none of which is in this store`,
    {
      hint: `It was registered by run ${model.tags['sluice.run'] ?? model.runId}; point SLUICE_ARTIFACTS at the folder that this run wrote to.`,
    },
  );
}

async function wholeTables(project: Project): Promise<ReadonlyMap<string, readonly string[]>> {
  const wholes = new Map<string, string[]>();
  for (const { record } of await new ProjectionStore(project.artifactsDir).all()) {
    if (record !== null) wholes.set(record.projection.digest, [...(wholes.get(record.projection.digest) ?? []), record.table]);
  }
  return wholes;
}

function declaredPort(pipeline: Pipeline, stage: string, input: string): string | null {
  const declared = pipeline.stages.find(({ name }) => name === stage);
  const port = declared === undefined ? undefined : upstreamPorts(declared).find((upstream) => upstream.input === input)?.port;
  return port === undefined ? null : `${port.stage}.${port.name}`;
}
