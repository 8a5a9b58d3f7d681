import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileStamp, isSettled, RACY_MS, stampFile } from '../fingerprint/file-stamp.ts';
import { LOCKFILES } from '../fingerprint/lockfile.ts';
import { libraryFile, librarySearch } from '../fingerprint/native-identity.ts';
import type { Stage } from '../graph/stage.ts';
import { lockPath } from '../lock/lock-file.ts';
import type { Manifest } from '../store/manifest.ts';
import { manifestText } from '../store/manifest-text.ts';
import { writeAtomic } from '../store/write-atomic.ts';
import { type KeptRun, snapshotFile, snapshotVersions, stampText, type StatusSnapshot } from './fast-status.ts';
import type { Workspace } from './project/workspace.ts';

/** Every stage of the graph is up to date, and why. */
export interface Answer {
  readonly works: readonly KeptWork[];
  /** The config files that were read, and no flags beside them. */
  readonly configFiles: readonly string[];
  /** Whether a run, too, would have nothing to do but to say so, as far as the graph itself does not tell. */
  readonly forRuns: boolean;
}

interface KeptWork {
  readonly stage: Stage;
  /** The finished work that stands for it. */
  readonly manifest: Manifest | null;
  readonly reason: string;
}

/** A larger output is not read a second time to keep an answer: the next look at it does that. */
const MOST_BYTES = 1 << 24;

/** Whether the file at a path still holds what the answer rests on. */
type Proof = (path: string) => Promise<boolean>;

/** Keeps an answer for `fastStatus` and `fastRun`, with the stamp of everything that it depends on. */
export async function keepAnswer(workspace: Workspace, answer: Answer): Promise<void> {
  const { project, env } = workspace;
  const proofs = await proofsOf(workspace, answer.works);
  const stamps = await settledStamps(new Set([...(await filesBehind(workspace, answer)), ...proofs.keys()]), proofs);
  if (stamps === null) return;
  const libraries = new Set(answer.works.flatMap(({ stage }) => stage.native));
  const searched = [...libraries].flatMap((library) => librarySearch(library, project.dir).variables);
  const names = [...answer.works.flatMap(({ stage }) => stage.env), ...searched];
  const snapshot: StatusSnapshot = {
    schema: 4,
    versions: snapshotVersions,
    artifactsDir: project.artifactsDir,
    env: Object.fromEntries(names.map((name) => [name, env[name] ?? null])),
    stamps,
    report: { fresh: true, stages: answer.works.map(({ stage, reason }) => ({ stage: stage.name, state: 'fresh', reason })) },
    run: answer.forRuns ? await keptRun(workspace, answer.works) : null,
  };
  await writeAtomic(snapshotFile(project), JSON.stringify(snapshot));
}

/** Null where a run has to confirm an effect, export a report, tell a rejection, or mark other work as the last. */
async function keptRun({ loaded, config, manifests }: Workspace, works: readonly KeptWork[]): Promise<KeptRun | null> {
  const stages: KeptRun['stages'][number][] = [];
  for (const { stage, manifest, reason } of works) {
    if (manifest === null || stage.kind === 'effect' || manifest.gate?.verdict === 'rejected') return null;
    if (Object.values(manifest.outputs).some(({ kind }) => kind === 'report')) return null;
    const { fingerprint, gate } = manifest;
    if ((await manifests.latest(stage.name))?.fingerprint !== fingerprint) return null;
    stages.push({ stage: stage.name, fingerprint, reason, gate });
  }
  return { pipeline: loaded.pipeline.name, config, stages };
}

/**
 * What changed since this process began may have changed after it was looked at: then nothing is kept, unless the file is one of the
 * store's, of which it is known what it must hold: that is read once more, when its stamp has settled.
 */
async function settledStamps(files: ReadonlySet<string>, proofs: ReadonlyMap<string, Proof>): Promise<Record<string, string> | null> {
  const stamps: Record<string, string> = {};
  const fresh: string[] = [];
  for (const file of files) {
    const stamp = stampFile(file);
    if (hasSettledBy(stamp, performance.timeOrigin)) stamps[file] = stampText(stamp);
    else if (proofs.has(file)) fresh.push(file);
    else return null;
  }
  if (fresh.length > 0) await sleep(2 * RACY_MS);
  for (const file of fresh) {
    const stamp = stampFile(file);
    if (stamp === null || !hasSettledBy(stamp, Date.now()) || (await proofs.get(file)?.(file)) !== true) return null;
    stamps[file] = stampText(stamp);
  }
  return stamps;
}

function hasSettledBy(stamp: FileStamp | null, at: number): boolean {
  return stamp === null || isSettled({ ...stamp, seenAt: at });
}

/** Everything beside the store that says that the works stand for their stages: code, settings, packages, config, inputs. */
async function filesBehind(workspace: Workspace, { works, configFiles }: Answer): Promise<Set<string>> {
  const { project, loaded, lockfile, bodies } = workspace;
  const files = new Set<string>([...configFiles, ...['package.json', ...LOCKFILES].map((name) => join(project.dir, name))]);
  files.add(lockPath(project.dir));
  // As they stand now: after a cosmetic edit the code may be made of other files than the record says.
  const bundles = [loaded.graph, ...bodies.made().values()];
  for (const source of bundles.flatMap(({ sources }) => Object.keys(sources))) files.add(join(project.dir, source));
  for (const file of bundles.flatMap(({ settings }) => settings)) files.add(file);
  for (const file of lockfile.looked()) files.add(file);
  for (const { stage, manifest } of works) {
    if (manifest !== null) for (const file of recordedFiles(manifest)) files.add(join(project.dir, file));
    for (const library of stage.native)
      for (const file of [libraryFile(library, project.dir) ?? '', ...librarySearch(library, project.dir).files]) files.add(file);
    for (const input of Object.values(stage.inputs)) {
      const folder = input.type === 'folder' ? input.locate(workspace.config) : null;
      if (folder !== null && input.type === 'folder')
        for (const file of await folderFiles(workspace, folder, (name) => input.include(name, workspace.config))) files.add(file);
    }
  }
  files.delete('');
  return files;
}

/** The sources of finished work and the packages that it reaches, relative to the project. */
function recordedFiles({ sources, about }: Manifest): readonly string[] {
  return [...Object.keys(sources), ...Object.keys(about?.packages ?? {}).map((place) => join(place, 'package.json'))];
}

/**
 * The store's own files, and what each must hold: records, the marks that make them the last good ones, blobs. Of the work that stands
 * for a stage: not always its last, when an earlier config came back.
 */
async function proofsOf({ manifests, store, stats }: Workspace, works: Answer['works']): Promise<ReadonlyMap<string, Proof>> {
  const proofs = new Map<string, Proof>();
  for (const { manifest } of works) {
    if (manifest === null) continue;
    const record = manifests.path(manifest.stage, manifest.fingerprint);
    proofs.set(record, async (path) => readFileSync(path, 'utf8') === manifestText(manifest));
    proofs.set(join(dirname(record), 'latest'), async (path) => readFileSync(path, 'utf8') === manifest.fingerprint);
    const blobs = await Promise.all(Object.values(manifest.outputs).map((artifact) => store.blobs(artifact)));
    for (const { path: blob, digest } of blobs.flat())
      proofs.set(blob, async (path) => (statSync(path).size <= MOST_BYTES ? (await stats.digest(path)) === digest : false));
  }
  return proofs;
}

async function folderFiles({ project }: Workspace, folder: string, include: (name: string) => boolean): Promise<string[]> {
  const path = resolve(project.dir, folder);
  return [path, ...(await readdir(path)).filter(include).map((name) => join(path, name))];
}
