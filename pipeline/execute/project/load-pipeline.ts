import { existsSync } from 'node:fs';
import { z } from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Bundle } from '../../fingerprint/bundle.ts';
import { bundleModule } from '../../fingerprint/bundle-module.ts';
import { type Digest, digestOfJson } from '../../fingerprint/digest.ts';
import type { ArtifactSpec } from '../../graph/artifact.ts';
import type { Pipeline, Stage } from '../../graph/stage.ts';
import { importPipeline } from './import-pipeline.ts';
import type { Project } from './project.ts';

export interface LoadedPipeline {
  readonly pipeline: Pipeline;
  /** The declarations, bundled: what a child loads to know its stage. */
  readonly graph: Bundle;
}

/**
 * Loads the graph without loading any stage's body.
 * @throws SluiceError GRAPH_LOAD when the module is not there, does not compile, or exports no pipeline
 */
export async function loadPipeline(project: Project): Promise<LoadedPipeline> {
  if (!existsSync(project.pipelineFile)) {
    throw new SluiceError('GRAPH_LOAD', `no pipeline at ${project.pipelineFile}`, {
      hint: 'Run inside a project, or name the module in package.json: "sluice": { "pipeline": "stages/index.ts" }.',
    });
  }
  // A schema that is used once, as those of params are, is not worth compiling: that takes longer than all of a plan.
  z.config({ jitless: true });
  const graph = await bundleModule(project.pipelineFile, { projectDir: project.dir, cacheDir: project.cacheDir, keepDynamicImports: true });
  return { pipeline: await importPipeline(graph.path, project.pipelineFile), graph };
}

const BODY_IMPORT = /import\((["'`])(.+?)\1\)/;

/** The file of a stage's body, read out of its `run: () => import('…')`; in a graph that was bundled it is an absolute path. */
export function bodyFile(stage: Stage): string {
  const path = importedFile(stage.run);
  if (path === null) {
    throw new SluiceError('GRAPH_LOAD', `stage "${stage.name}" does not say where its body is`, {
      hint: "Write: run: () => import('./run.ts'), with a literal path.",
      stage: stage.name,
    });
  }
  return path;
}

/** The literal path of `() => import('…')`. */
export function importedFile(load: () => Promise<unknown>): string | null {
  return BODY_IMPORT.exec(load.toString())?.[2]?.replaceAll(/\\(.)/g, '$1') ?? null;
}

/** One digest of what a stage declares to write: a changed schema is changed work. */
export function outputsDigest(stage: Stage): Digest {
  return digestOfJson(schemaDigests(stage));
}

const digestsOf = new WeakMap<Stage, Readonly<Record<string, Digest>>>();

/** The digest of each output's schema, by port. Worked out once: a plan and a run ask several times. */
export function schemaDigests(stage: Stage): Readonly<Record<string, Digest>> {
  const known = digestsOf.get(stage) ?? workOut(stage);
  digestsOf.set(stage, known);
  return known;
}

function workOut(stage: Stage): Readonly<Record<string, Digest>> {
  return Object.fromEntries(Object.entries(stage.outputs).map(([name, spec]) => [name, schemaDigest(spec)]));
}

function schemaDigest(spec: ArtifactSpec): Digest {
  const { kind, mediaType, extension } = spec;
  const base = { kind, mediaType, extension };
  if (spec.kind === 'table') return digestOfJson({ ...base, columns: spec.columns, open: spec.open });
  if (spec.kind === 'json') return digestOfJson({ ...base, schema: z.toJSONSchema(spec.schema, { unrepresentable: 'any' }) });
  return digestOfJson(base);
}
