import { fields, listOf, or, type Reader, text } from './answer.ts';
import type { Call } from './attempt.ts';
import type { MlflowConnection } from './connection.ts';
import { requestJson } from './request.ts';

export interface PageRequest<T> {
  /** Name of the list in the answer; it is absent where the list is empty. */
  readonly list: string;
  readonly entry: Reader<T>;
  /** The request for the page that a token names; undefined for the first. */
  readonly call: (token: string | undefined) => Call;
}

/**
 * Entries of a list, page after page, until the server names no next one. MLflow counts pages by offset: entries that come or go
 * in the meantime can be missed or seen twice.
 */
export async function* pages<T>(connection: MlflowConnection, { list, entry, call }: PageRequest<T>): AsyncGenerator<T> {
  const head = fields({ next_page_token: or(text, '') });
  const page: Reader<{ readonly next: string; readonly entries: readonly T[] }> = (answer, at) => ({
    next: head(answer, at).next_page_token,
    entries: fields({ [list]: listOf(entry) })(answer, at)[list] ?? [],
  });
  let token: string | undefined;
  do {
    const { next, entries } = await requestJson(connection, page, call(token));
    yield* entries;
    token = next === '' ? undefined : next;
  } while (token !== undefined);
}
