import type { z } from 'zod';
import { problem } from '../../api/schemas/problem.ts';
import { unbroken } from '../../../stages/drift/page/language.ts';
import { ProblemError } from './problem-error.ts';

export interface Question<S extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** Below /v1/, with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** What a good answer must be: the server's own schema. */
  readonly answer: S;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of the API with the officer's key. @throws ProblemError where the answer is no good one */
export async function request<S extends z.ZodType>(key: string, question: Question<S>): Promise<z.infer<S>> {
  const { method, path, body, answer, signal, headers = {} } = question;
  const response = await fetch(`/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ProblemError(0, null);
  });
  if (!response.ok) throw new ProblemError(response.status, await readProblem(response));
  return answer.parse(JSON.parse(await response.text(), frenchUnbroken));
}

/** The server's French sentences are set as the page's own. */
function frenchUnbroken(key: string, value: unknown): unknown {
  return key === 'fr' && typeof value === 'string' ? unbroken(value) : value;
}

async function readProblem(response: Response) {
  try {
    return problem.parse(await response.json());
  } catch {
    return null;
  }
}
