import type { z } from 'zod';
import type { ApiServices } from './api-services.ts';
import type { Caller } from './keys/key-ring.ts';
import type { Role } from '../roles.ts';

/** What a schema gives, with everything readonly: an answer is made by whoever has it and written out at once. */
export type Answer<T> = T extends readonly (infer U)[]
  ? readonly Answer<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Answer<T[K]> }
    : T;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

interface ParsedCall {
  readonly body: unknown;
  readonly query: unknown;
  readonly params: unknown;
  readonly headers: unknown;
  readonly caller: Caller;
}

export interface Call<B, Q, P, H> extends ParsedCall {
  readonly body: Parsed<B>;
  readonly query: Parsed<Q>;
  readonly params: Parsed<P>;
  readonly headers: Parsed<H>;
}

/** A route of the HTTP contract, from which the server's routes and the OpenAPI document are made. */
export interface EndpointShape {
  readonly method: 'GET' | 'POST';
  /** Parameters as `:name`. */
  readonly url: string;
  /** operationId. */
  readonly name: string;
  readonly tag: 'scoring' | 'applicants' | 'features' | 'decisions' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Who may call it; `open` to anybody, without a key. */
  readonly roles: readonly Role[] | 'open';
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  /** Those that it looks at, by their usual names. */
  readonly headers?: z.ZodObject;
  readonly response: z.ZodType;
  /** Of an answer; 200 without. */
  readonly status?: 201;
  /** Statuses of problems beside those that every call may end with. */
  readonly problems?: readonly number[];
}

export interface Endpoint extends EndpointShape {
  // Methods, whose parameters TypeScript lets be narrower: the server parses with the route's own schemas before it calls.
  handle(call: ParsedCall, services: ApiServices): Promise<unknown>;
  encode?(this: void, answer: unknown): Buffer;
}

interface Typed<B, Q, P, H, R> extends EndpointShape {
  readonly body?: B & z.ZodType;
  readonly query?: Q & z.ZodObject;
  readonly params?: P & z.ZodObject;
  readonly headers?: H & z.ZodObject;
  readonly response: R & z.ZodType;
  readonly handle: (call: Call<B, Q, P, H>, services: ApiServices) => Promise<Answer<Parsed<R>>>;
  /** The bytes of `JSON.stringify(answer)`, sooner. */
  readonly encode?: (answer: Answer<Parsed<R>>) => Buffer;
}

/** Declares a route: what its handler gets follows from its request schemas, and what it must answer from its response schema. */
export function endpoint<R, B = undefined, Q = undefined, P = undefined, H = undefined>(declared: Typed<B, Q, P, H, R>): Endpoint {
  return declared;
}

/** Whoever works with applicants; a reviewer looks and does not decide. */
export const EVERYBODY: readonly Role[] = ['officer', 'reviewer', 'admin'];
export const DECIDERS: readonly Role[] = ['officer', 'admin'];
export const REVIEWERS: readonly Role[] = ['reviewer', 'admin'];
