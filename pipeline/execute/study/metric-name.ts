import type { Study } from './study-schema.ts';

/** `train` of `train.cv_auc`, and of the port `train.oof`. */
export function stageOf(name: string): string {
  return name.split('.')[0] ?? '';
}

/** `cv_auc` of `train.cv_auc`. */
export function metricOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** The metrics that a study names, the target first, each with its place in the file. */
export function namedMetrics({ target, also }: Study): readonly (readonly [place: string, name: string])[] {
  return [['target.metric', target.metric], ...also.map((name, at) => [`also.${at}`, name] as const)];
}
