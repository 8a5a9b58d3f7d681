import { readFile, writeFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { z } from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { StaticParts } from '../../fingerprint/fingerprint.ts';
import { messageOf } from '../../util/error-code.ts';
import { printableUri } from '../../tracking/mlflow/index.ts';
import { version } from '../../util/version.ts';
import type { PlanOptions } from '../plan-run.ts';
import type { Project } from '../project/project.ts';
import { type Selection } from '../project/select-stages.ts';
import type { ConfigValues } from '../project/workspace.ts';
import { type PlanFile, planFileSchema } from './plan-file-schema.ts';
import type { SurveyedStage } from './survey-stages.ts';

export interface PlanFileOptions {
  readonly project: Project;
  readonly pipeline: string;
  readonly selection: Selection;
  readonly force: PlanOptions['force'];
  /** Absolute path. */
  readonly configFile: string;
  readonly overrides: readonly string[];
  readonly config: ConfigValues;
  readonly surveyed: readonly SurveyedStage[];
}

/** A plan as data: what would run, and everything that it rests on. Holds no secret: variables by digest, addresses without their login. */
export function planFile({ project, pipeline, selection, force, configFile, overrides, config, surveyed }: PlanFileOptions): PlanFile {
  return {
    schema: 1,
    sluice: version,
    pipeline,
    selection: { ...selection, targets: [...selection.targets] },
    force: force === null || force === 'all' ? force : [...force],
    config: { file: relative(project.dir, configFile), set: [...overrides], values: leaves(config, project.dir) },
    stages: surveyed.map(({ stage, planned, parts, sources, pending }) => ({
      stage: stage.name,
      action: planned.action,
      reason: planned.reason,
      estimateMs: planned.estimateMs,
      pending: [...pending],
      work: workOf(parts),
      sources: { ...sources },
    })),
  };
}

/** Copies: what is known of a stage's work, as a plan keeps it. */
export function workOf({ code, deps, native, env, inputs, runtime }: StaticParts): PlanFile['stages'][number]['work'] {
  return { code: { ...code }, deps: { ...deps }, native: { ...native }, env: { ...env }, inputs: { ...inputs }, runtime: { ...runtime } };
}

/** Dotted key to value; a folder in the project is written relative to it. */
function leaves(config: ConfigValues, projectDir: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    } else found[path.join('.')] = typeof value === 'string' ? shown(value, projectDir) : (value ?? null);
  };
  visit(config, []);
  return found;
}

function shown(value: string, projectDir: string): string {
  if (/^https?:\/\//.test(value)) return printableUri(value);
  return value.startsWith(`${projectDir}/`) ? `.${value.slice(projectDir.length)}` : value;
}

export async function writePlanFile(file: string, plan: PlanFile): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    throw new SluiceError('USAGE', `cannot write the plan to ${file}: ${messageOf(error)}`, {
      hint: 'Name a file in a folder that is there: --out plan.json',
      cause: error,
    });
  }
}

/** @throws SluiceError USAGE where there is no such file or it is no plan */
export async function readPlanFile(file: string): Promise<PlanFile> {
  const hint = 'Make one with: sluice plan --out plan.json';
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new SluiceError('USAGE', `cannot read the plan ${file}: ${messageOf(error)}`, { hint, cause: error });
  }
  const parsed = planFileSchema.safeParse(value);
  if (!parsed.success)
    throw new SluiceError('USAGE', `${basename(file)} is not a plan: ${z.prettifyError(parsed.error).split('\n').join(' ')}`, { hint });
  return parsed.data;
}
