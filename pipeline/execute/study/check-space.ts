import { didYouMean } from '../../errors/close-match.ts';
import { isSluiceError, SluiceError } from '../../errors/sluice-error.ts';
import { configSchema } from '../../config/config-schema.ts';
import { keysOf, schemaAt } from '../../config/schema-at.ts';
import type { Pipeline } from '../../graph/stage.ts';
import { findHoldoutStages, isSpared } from './holdout-stages.ts';
import { namedMetrics, stageOf } from './metric-name.ts';
import type { StudyFile } from './read-study.ts';
import { findStage } from '../project/select-stages.ts';

/**
 * Refuses a study that could not run, or would judge on rows that it may not see, before anything has run.
 * @throws SluiceError CONFIG_UNKNOWN_KEY, CONFIG_VALUE, GRAPH_UNKNOWN_STAGE; placed in the study file
 */
export function checkSpace(file: StudyFile, pipeline: Pipeline): void {
  const schema = configSchema(pipeline);
  for (const [place, key] of keysIn(file)) {
    const path = key.split('.');
    if (schemaAt(schema, path) === undefined) throw unknownKey(file, place, { key, known: knownBeside(schema, path) });
    const guarded = isSpared(pipeline, path) ? null : path[1];
    if (guarded !== null)
      throw refusal(file, place, {
        message: `${key} decides which rows are held out, so trials would see each other’s holdout`,
        hint: `Leave params.${guarded} alone, but for its keys that begin with "fold".`,
      });
  }
  checkMetrics(file, pipeline);
}

function checkMetrics(file: StudyFile, pipeline: Pipeline): void {
  const { target, judge } = file.study;
  const forbidden = findHoldoutStages(pipeline);
  const named = namedMetrics(file.study);
  const ports = (judge?.ports ?? []).map((name, at) => [`judge.ports.${at}`, name] as const);
  for (const [place, name] of [...named, ...ports]) {
    const stage = stageOf(name);
    withPlace(file, place, () => findStage(pipeline, stage));
    const reads = forbidden.get(stage);
    if (reads !== undefined)
      throw refusal(file, place, {
        message: `${name} is measured on ${reads}, and no choice may be made on the rows that it is judged on`,
        hint: 'Judge the trials by an out-of-fold metric, such as train.cv_auc.',
      });
  }
  const stage = stageOf(target.metric);
  const other = named.find(([, name]) => stageOf(name) !== stage);
  if (other !== undefined)
    throw refusal(file, other[0], {
      message: `${other[1]} is not a metric of "${stage}", the stage of the target`,
      hint: `Name metrics of ${stage}, or make the later of the two stages the target.`,
    });
}

/** Where each config key of a study stands. */
function keysIn({ study }: StudyFile): readonly (readonly [place: string, key: string])[] {
  const { set, space, arms, budget, repeat } = study;
  return [
    ...Object.keys(set).map((key) => [`set.${key}`, key] as const),
    ...Object.keys(space).map((key) => [`space.${key}`, key] as const),
    ...Object.entries(arms).flatMap(([arm, settings]) => Object.keys(settings).map((key) => [`arms.${arm}.${key}`, key] as const)),
    ...(budget === undefined ? [] : [['budget.key', budget.key] as const]),
    ...(repeat === undefined ? [] : [['repeat.key', repeat.key] as const]),
  ];
}

function knownBeside(schema: ReturnType<typeof configSchema>, path: readonly string[]): readonly string[] {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const parent = path.slice(0, depth);
    const known = keysOf(schemaAt(schema, parent));
    if (known.length > 0) return known.map((name) => [...parent, name, ...path.slice(depth + 1)].join('.'));
  }
  return [];
}

function unknownKey(
  file: StudyFile,
  place: string,
  { key, known }: { readonly key: string; readonly known: readonly string[] },
): SluiceError {
  const at = (file.places.get(place)?.key ?? file.places.get(place)?.value) || { file: file.file };
  return new SluiceError('CONFIG_UNKNOWN_KEY', `"${key}" is not a config key.${didYouMean(key, known)}`, {
    at,
    hint: 'docs/reference/config.md lists the keys; write them in full, as for -S.',
    data: { key },
  });
}

function refusal(file: StudyFile, place: string, { message, hint }: { readonly message: string; readonly hint: string }): SluiceError {
  return new SluiceError('CONFIG_VALUE', message, { at: file.places.get(place)?.value ?? { file: file.file }, hint });
}

function withPlace(file: StudyFile, place: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isSluiceError(error)) throw error;
    throw new SluiceError(error.code, error.message, {
      at: file.places.get(place)?.value ?? { file: file.file },
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}
