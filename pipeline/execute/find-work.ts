import { bundleModule, type Bundle } from '../fingerprint/bundle-module.ts';
import { canonicalJson } from '../fingerprint/canonical-json.ts';
import { digestOf } from '../fingerprint/digest.ts';
import { describeChanges, fingerprintOf, pickParams, type StaticParts } from '../fingerprint/fingerprint.ts';
import { digestFolder } from '../fingerprint/folder-digest.ts';
import { nativeIdentity } from '../fingerprint/native-identity.ts';
import type { Stage } from '../graph/stage.ts';
import type { FolderInput } from '../graph/stage-body.ts';
import type { Manifest } from '../store/manifest.ts';
import { bodyFile, outputsDigest } from './load-pipeline.ts';
import type { Workspace } from './workspace.ts';

/** What is known of a stage before it runs. */
export interface Work {
  readonly stage: Stage;
  readonly body: Bundle;
  readonly parts: StaticParts;
  readonly folders: Readonly<Record<string, FolderInput>>;
  /** The finished work that has the same fingerprint; null where there is none. */
  readonly match: Manifest | null;
  /** Why there is no match, in words; empty when there is one. */
  readonly changes: readonly string[];
}

/**
 * Looks for finished work that is the same: same code, packages, native libraries, environment, inputs, and the same values
 * of those config keys that it read then.
 * @param inputs digest of each port that the stage takes; null for an advisory one that is not there
 */
export async function findWork(workspace: Workspace, stage: Stage, inputs: Readonly<Record<string, string | null>>): Promise<Work> {
  const { project, config, manifests, stats } = workspace;
  const folders: Record<string, FolderInput> = {};
  for (const [name, input] of Object.entries(stage.inputs)) {
    if (input.type === 'folder') folders[name] = await digestFolder(input, config, project.dir, stats);
  }
  const body = await bundleModule(bodyFile(stage), { projectDir: project.dir, cacheDir: project.cacheDir });
  const parts = await staticParts(workspace, stage, body, { ...inputs, ...Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, folder.digest])) });
  const candidates = await manifests.candidates(stage.name);
  const match = candidates.find((manifest) => fingerprintOf({ ...parts, params: pickParams(config, Object.keys(manifest.parts.params)) }) === manifest.fingerprint) ?? null;
  return { stage, body, parts, folders, match, changes: match === null ? await explain(workspace, stage, parts, candidates) : [] };
}

async function staticParts(workspace: Workspace, stage: Stage, body: Bundle, inputs: Readonly<Record<string, string | null>>): Promise<StaticParts> {
  const native: Record<string, string> = {};
  for (const library of stage.native) native[library] = await nativeIdentity(library, workspace.project.dir, workspace.stats);
  return {
    code: { bundle: body.digest, outputs: outputsDigest(stage) },
    deps: Object.fromEntries(body.packages.map((name) => [name, workspace.lockfile.subtree(name)])),
    native,
    env: Object.fromEntries(stage.env.map((name) => [name, workspace.env[name] === undefined ? null : digestOf(workspace.env[name])])),
    inputs,
    runtime: { node: process.versions.node.split('.')[0] ?? '', platform: stage.native.length > 0 ? `${process.platform}-${process.arch}` : null },
  };
}

async function explain({ config, manifests }: Workspace, stage: Stage, parts: StaticParts, candidates: readonly Manifest[]): Promise<string[]> {
  const last = (await manifests.latest(stage.name)) ?? candidates[0] ?? null;
  if (last === null) return ['it has not run yet'];
  const changes = describeChanges(last.parts, { ...parts, params: pickParams(config, Object.keys(last.parts.params)) });
  return changes.length === 0 ? [`its record does not match: ${canonicalJson(parts.code).slice(0, 60)}`] : changes;
}
