import type { ModelVersion } from '../client/model-versions.ts';

/** The logged model that a version of ours was made of: the server keeps it nowhere else. */
export function modelOf({ source }: ModelVersion): string {
  return source.replace(/^models:\//, '');
}
