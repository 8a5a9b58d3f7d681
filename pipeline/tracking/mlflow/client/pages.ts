import { z } from 'zod';
import type { Call } from './attempt.ts';
import type { MlflowConnection } from './connection.ts';
import { requestJson } from './request.ts';

export interface PageRequest<T> {
  /** Name of the list in the answer; it is absent where the list is empty. */
  readonly list: string;
  readonly entry: z.ZodType<T>;
  /** The request for the page that a token names; undefined for the first. */
  readonly call: (token: string | undefined) => Call;
}

/**
 * Entries of a list, page after page, until the server names no next one. MLflow counts pages by offset: entries that come or go
 * in the meantime can be missed or seen twice.
 */
export async function* pages<T>(connection: MlflowConnection, { list, entry, call }: PageRequest<T>): AsyncGenerator<T> {
  const page = z
    .looseObject({ next_page_token: z.string().default('') })
    .transform((answer) => ({ next: answer.next_page_token, entries: answer[list] ?? [] }))
    .pipe(z.object({ next: z.string(), entries: z.array(entry) }));
  let token: string | undefined;
  do {
    const { next, entries } = await requestJson(connection, page, call(token));
    yield* entries;
    token = next === '' ? undefined : next;
  } while (token !== undefined);
}
