import { z } from 'zod';

export type Tags = Readonly<Record<string, string>>;

/** Tags as MLflow lists them; absent when there are none. */
export const tagList = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([])
  .transform((list): Tags => Object.fromEntries(list.map(({ key, value }) => [key, value])));

export function toTagList(tags: Tags): { readonly key: string; readonly value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
