import { fields, listOf, or, text, turned } from './answer.ts';

export type Tags = Readonly<Record<string, string>>;

/** Tags as MLflow lists them; absent when there are none. */
export const tagList = turned(listOf(fields({ key: text, value: or(text, '') })), (list): Tags =>
  Object.fromEntries(list.map(({ key, value }) => [key, value])),
);

export function toTagList(tags: Tags): { readonly key: string; readonly value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
