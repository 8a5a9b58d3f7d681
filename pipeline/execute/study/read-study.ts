import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { KeyPlaces } from '../../config/config-origin.ts';
import { parseYaml } from '../../config/parse-yaml.ts';
import { readYamlAs } from '../../config/read-yaml-as.ts';
import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Project } from '../project/project.ts';
import { type Study, studySchema } from './study-schema.ts';

/** The page that explains a study's keys. */
const GUIDE = 'docs/guides/experiments.md';

export interface StudyFile {
  readonly name: string;
  readonly file: string;
  readonly study: Study;
  /** Dotted key, such as `space.params.train.eta`, to where it stands. */
  readonly places: ReadonlyMap<string, KeyPlaces>;
}

function experimentsDir(project: Project): string {
  return join(project.dir, 'experiments');
}

/** Names of the folders below experiments/ that hold a study.yaml. */
export async function studyNames(project: Project): Promise<readonly string[]> {
  const folders = await readdir(experimentsDir(project), { withFileTypes: true }).catch(() => []);
  const names = await Promise.all(
    folders
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ((await readdir(join(experimentsDir(project), name))).includes('study.yaml') ? [name] : [])),
  );
  return names.flat().toSorted();
}

/** @throws SluiceError USAGE for a name that no study has, CONFIG_* with file, line and the nearest key */
export async function readStudy(project: Project, name: string): Promise<StudyFile> {
  const names = await studyNames(project);
  if (!names.includes(name)) throw unknownStudy(project, name, names);
  const file = join(experimentsDir(project), name, 'study.yaml');
  const study = readYamlAs(file, studySchema, GUIDE);
  const { places } = parseYaml(await readFile(file, 'utf8'), file);
  refuseContradictions(study, places);
  return { name, file, study, places };
}

function unknownStudy(project: Project, name: string, names: readonly string[]): SluiceError {
  const where = relative(project.dir, join(experimentsDir(project), name, 'study.yaml'));
  return new SluiceError('USAGE', `there is no study "${name}" (${where}).${didYouMean(name, names)}`, {
    hint: names.length === 0 ? `Declare one: ${GUIDE} shows how.` : `The studies are: ${names.join(', ')}.`,
  });
}

function refuseContradictions({ method, budget, space, arms }: Study, places: StudyFile['places']): void {
  const refuse = (key: string, message: string, hint: string): never => {
    const at = (places.get(key) ?? places.get('method') ?? places.get('title'))?.value;
    throw new SluiceError('CONFIG_VALUE', message, { hint, ...(at !== undefined && { at }) });
  };
  if (Object.keys(space).length === 0 && Object.keys(arms).length === 0)
    refuse('space', 'the study has nothing to vary', 'Add space or arms.');
  const ranged = Object.keys(space).find((key) => !Array.isArray(space[key]));
  if (method === 'grid' && ranged !== undefined)
    refuse(`space.${ranged}`, `a grid cannot cover the range of ${ranged}`, 'List its values, or set method: random.');
  if (method === 'halving' && budget === undefined)
    refuse('method', 'halving needs a budget', 'Add budget: {key: params.train.rounds, from: 50, to: 450}.');
  if (method !== 'halving' && budget !== undefined)
    refuse('budget', `budget has no meaning for method ${method}`, 'Remove it, or set method: halving.');
  if (budget !== undefined && budget.from > budget.to)
    refuse('budget.from', `budget.from is ${budget.from}, above budget.to, ${budget.to}`, 'Begin with the smaller one.');
}
