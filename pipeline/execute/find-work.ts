import type { Bundle } from '../fingerprint/bundle.ts';
import { changeSentence } from '../explain/change-sentences.ts';
import { changedFiles } from '../explain/find-changes.ts';
import { namePorts } from '../explain/name-ports.ts';
import { findRefinedChanges } from '../explain/refine-code.ts';
import type { WorkFacts } from '../explain/work-facts.ts';
import { digestOf } from '../fingerprint/digest.ts';
import { fingerprintOf, pickParams, type StaticParts } from '../fingerprint/fingerprint.ts';
import { digestFolder, type FolderDigest } from '../fingerprint/folder-digest.ts';
import type { PackageTree } from '../fingerprint/lockfile.ts';
import { nativeIdentity, nativeVersion } from '../fingerprint/native-identity.ts';
import { SourceArchive } from '../fingerprint/source-archive.ts';
import type { NativeLibrary, Stage } from '../graph/stage.ts';
import type { Manifest, ManifestAbout } from '../store/manifest.ts';
import { bodyFile, outputsDigest } from './project/load-pipeline.ts';
import { projectInputs } from './projection/project-columns.ts';
import type { Workspace } from './project/workspace.ts';

/** What is known of a stage before it runs. */
export interface Work {
  readonly stage: Stage;
  readonly body: Bundle;
  readonly parts: StaticParts;
  readonly about: ManifestAbout;
  readonly folders: Readonly<Record<string, FolderDigest>>;
  /** The finished work that has the same fingerprint; null where there is none. */
  readonly match: Manifest | null;
  /** The last good work, which explanations compare with; null where there is none. */
  readonly last: Manifest | null;
  /** Why there is no match, in words; empty when there is one. */
  readonly changes: readonly string[];
}

/**
 * Looks for finished work that is the same: same code, packages, native libraries, environment, inputs, and the same values
 * of those config keys that it read then.
 * @param inputs digest of each port that the stage takes; null for an advisory one that is not there
 */
export async function findWork(workspace: Workspace, stage: Stage, inputs: Readonly<Record<string, string | null>>): Promise<Work> {
  const { project, config, stats } = workspace;
  const folders: Record<string, FolderDigest> = {};
  for (const [name, input] of Object.entries(stage.inputs)) {
    if (input.type === 'folder') folders[name] = await digestFolder(input, config, project.dir, stats);
  }
  const body = await workspace.bodies.get(bodyFile(stage));
  const packages = Object.fromEntries(
    await Promise.all(body.packages.map(async (name) => [name, await workspace.lockfile.subtree(name, stats)] as const)),
  );
  const digests = {
    ...(await projectInputs(workspace, stage, inputs)),
    ...Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, folder.digest])),
  };
  const parts = await staticParts(workspace, stage, { body, packages, inputs: digests });
  const about: ManifestAbout = {
    packages: Object.assign({}, ...Object.values(packages).map(({ versions }) => versions)) as Record<string, string>,
    native: Object.fromEntries(usedLibraries(stage, config).map((library) => [library, nativeVersion(library, project.dir) ?? 'unknown'])),
    folders: Object.fromEntries(Object.entries(folders).map(([name, { entries }]) => [name, entries])),
  };
  return explained(workspace, { stage, body, parts, about, folders, ...(await recordsOf(workspace, stage, parts)) });
}

/** The same work, should somebody have finished it since it was looked at. */
export async function lookAgain(workspace: Workspace, work: Work): Promise<Work> {
  const { match, last } = await recordsOf(workspace, work.stage, work.parts);
  return match === null && last === work.last ? work : explained(workspace, { ...work, match, last });
}

async function recordsOf({ config, manifests }: Workspace, { name }: Stage, parts: StaticParts): Promise<Pick<Work, 'match' | 'last'>> {
  const isSame = (manifest: Manifest): boolean =>
    fingerprintOf({ ...parts, params: pickParams(config, Object.keys(manifest.parts.params)) }) === manifest.fingerprint;
  const latest = await manifests.latest(name);
  if (latest !== null && isSame(latest)) return { match: latest, last: latest };
  const candidates = await manifests.candidates(name); // a listing and many readings, mostly not needed
  return { match: candidates.find(isSame) ?? null, last: latest ?? candidates[0] ?? null };
}

async function explained(workspace: Workspace, work: Omit<Work, 'changes'>): Promise<Work> {
  return { ...work, changes: work.match === null ? await sentences(workspace, work) : [] };
}

async function sentences({ config, project }: Workspace, work: Omit<Work, 'changes'>): Promise<readonly string[]> {
  if (work.last === null) return ['it has not run yet'];
  const changes = await findRefinedChanges(work.last, presentFacts(work, work.last, config), new SourceArchive(project.cacheDir));
  return changes.length === 0 ? ['its record does not match'] : namePorts(changes, work.stage).map(changeSentence);
}

/** Sources that were edited since the matching work ran and gave the same code. */
export function cosmeticEdits({ match, body }: Work): readonly string[] {
  return match === null ? [] : changedFiles(match, body).map(({ file }) => file);
}

export const NOTHING_CHANGED = 'nothing that it depends on changed';

/** Why finished work stands for this one. */
export function reuseReason(work: Work): string {
  const files = cosmeticEdits(work);
  const more = files.length > 2 ? ` and ${files.length - 2} more` : '';
  return files.length === 0 ? NOTHING_CHANGED : `cosmetic edits only: ${files.slice(0, 2).join(', ')}${more}`;
}

/** The work as it stands now, in the shape of a record: with the values now of the keys that the earlier work read. */
export function presentFacts(work: Omit<Work, 'changes'>, before: Manifest, config: Readonly<Record<string, unknown>>): WorkFacts {
  return {
    parts: { ...work.parts, params: pickParams(config, Object.keys(before.parts.params)) },
    sources: work.body.sources,
    about: work.about,
  };
}

/** Native libraries that the body uses under the config. */
function usedLibraries(stage: Stage, config: Readonly<Record<string, unknown>>): readonly NativeLibrary[] {
  return stage.nativeUses.filter(({ when }) => when(config)).map(({ library }) => library);
}

interface Found {
  readonly body: Bundle;
  readonly packages: Readonly<Record<string, PackageTree>>;
  readonly inputs: Readonly<Record<string, string | null>>;
}

async function staticParts(workspace: Workspace, stage: Stage, { body, packages, inputs }: Found): Promise<StaticParts> {
  const native: Record<string, string> = {};
  for (const library of usedLibraries(stage, workspace.config))
    native[library] = await nativeIdentity(library, workspace.project.dir, workspace.stats);
  return {
    code: { bundle: body.digest, outputs: outputsDigest(stage) },
    deps: Object.fromEntries(Object.entries(packages).map(([name, { digest }]) => [name, digest])),
    native,
    env: Object.fromEntries(stage.env.map((name) => [name, workspace.env[name] === undefined ? null : digestOf(workspace.env[name])])),
    inputs,
    runtime: {
      node: process.versions.node.split('.')[0] ?? '',
      platform: stage.native.length > 0 ? `${process.platform}-${process.arch}` : null,
    },
  };
}
