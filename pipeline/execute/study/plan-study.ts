import { relative, resolve } from 'node:path';
import { loadConfig, type ResolvedConfig } from '../../config/load-config.ts';
import { isSluiceError, SluiceError, type SourceLocation } from '../../errors/sluice-error.ts';
import { digestOfJson } from '../../fingerprint/digest.ts';
import type { LoadedPipeline } from '../project/load-pipeline.ts';
import type { Project } from '../project/project.ts';
import { checkSpace } from './check-space.ts';
import type { StudyFile } from './read-study.ts';
import { halvingBudgets, type Overrides, type Point, studyPoints } from './study-points.ts';

/** A study with the config that its trials start from. */
export interface PlannedStudy {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly file: StudyFile;
  /** Tells apart what a study was told: its file, the config, -S. Eight hex digits. */
  readonly variant: string;
  /** Relative to the project. */
  readonly configFile: string;
  /** -S of the command line. */
  readonly set: readonly string[];
  readonly base: ResolvedConfig;
  readonly points: readonly Point[];
  /** The config of a trial. */
  readonly configOf: (overrides: Overrides) => Promise<ResolvedConfig>;
}

export interface PlanStudyOptions extends Pick<PlannedStudy, 'project' | 'loaded' | 'file' | 'set'> {
  readonly cwd: string;
  /** Absolute; that of -c, the study or the project. */
  readonly configFile: string;
}

/** Checks all that can be checked before anything runs: every key, and every value that a trial would have. */
export async function planStudy({ project, loaded, file, set, cwd, configFile }: PlanStudyOptions): Promise<PlannedStudy> {
  const { study } = file;
  checkSpace(file, loaded.pipeline);
  const load = async (overrides: Overrides): Promise<ResolvedConfig> =>
    loadConfig({
      file: configFile,
      projectDir: project.dir,
      cwd,
      // What the command line says of data or budget holds over the study's `set`, but not over what a trial varies.
      overrides: [...asFlags(study.set), ...set, ...asFlags(overrides)],
      pipeline: loaded.pipeline,
    });
  const base = await load({});
  const points = studyPoints(study);
  for (const point of points) for (const extra of extremes(file)) await load({ ...point.overrides, ...extra }).catch(placed(file));
  const { tracking: _tracking, ...values } = base.values;
  const variant = digestOfJson({ study, values }).slice(0, 8);
  return { project, loaded, file, variant, configFile: relative(project.dir, configFile), set, base, points, configOf: load };
}

export function studyConfigFile(project: Project, { study }: StudyFile, named: string | undefined, cwd: string): string {
  if (named !== undefined) return resolve(cwd, named);
  return study.config === undefined ? project.configFile : resolve(project.dir, study.config);
}

function asFlags(overrides: Overrides): readonly string[] {
  return Object.entries(overrides).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}

/** Every budget and every repeat once: enough to check their values. */
function extremes({ study }: StudyFile): readonly Overrides[] {
  const { budget, repeat } = study;
  const budgets = budget === undefined ? [] : halvingBudgets(budget).map((value) => ({ [budget.key]: value }));
  const repeats = repeat === undefined ? [] : repeat.values.map((value) => ({ [repeat.key]: value }));
  return [{}, ...budgets, ...repeats];
}

/** A value that a schema refuses, with its place in the study instead of an invented -S. */
function placed(file: StudyFile) {
  return (error: unknown): never => {
    const key = isSluiceError(error) ? error.data?.['key'] : undefined;
    if (!isSluiceError(error) || typeof key !== 'string') throw error;
    const { hint, code, message, data } = error;
    const at = placeOfValue(file, key, data?.['value']);
    throw new SluiceError(code, message, { at: at ?? { file: file.file }, ...(hint !== undefined && { hint }), ...(data && { data }) });
  };
}

/** The value itself, or what it is a part of: `params.features.without.0` stands where `params.features.without` does. */
function placeOfValue(file: StudyFile, key: string, value: unknown): SourceLocation | undefined {
  const { places, study } = file;
  if (study.budget?.key === key) return places.get('budget.key')?.value;
  if (study.repeat?.key === key) return places.get('repeat.key')?.value;
  const isIt = (candidate: unknown): boolean => (Array.isArray(candidate) ? candidate : [candidate]).some((each) => each === value);
  const values = study.space[key];
  const index = Array.isArray(values) ? values.findIndex((candidate) => isIt(candidate)) : -1;
  const arms = Object.entries(study.arms).filter(([, settings]) => isIt(settings[key]));
  const candidates = [`space.${key}.${index}`, `space.${key}`, ...arms.map(([arm]) => `arms.${arm}.${key}`), `set.${key}`];
  const found = candidates.map((place) => places.get(place)?.value).find((place) => place !== undefined);
  return found ?? (key.includes('.') ? placeOfValue(file, key.slice(0, key.lastIndexOf('.')), value) : undefined);
}
