import { z } from 'zod';
import { didYouMean } from '../../../pipeline/index.ts';
import { type FieldError, HttpProblem } from './http-problem.ts';

type Issue = z.core.$ZodIssue;

/** Complaints told at most: a body of ten thousand wrong rows is answered in a few lines. */
const MOST = 20;

/** A request that a schema refuses, each complaint with its place. @param part where the place counts from. @param schema for close matches of names */
export function invalidRequest(error: z.core.$ZodError, part: 'body' | 'query' | 'params' | 'headers', schema: z.ZodType): HttpProblem {
  const errors = error.issues.slice(0, MOST).flatMap((issue) => fieldErrors(issue, part, schema));
  const more = error.issues.length > MOST ? `, and ${error.issues.length - MOST} more` : '';
  const [first] = errors;
  return new HttpProblem(
    'INVALID_REQUEST',
    `${first?.pointer === '' ? 'the body' : (first?.pointer ?? part)}: ${first?.detail ?? error.message}${more}`,
    {
      errors,
      hint: 'GET /v1/openapi.json describes every request.',
    },
  );
}

function fieldErrors(issue: Issue, part: string, schema: z.ZodType): readonly FieldError[] {
  const at = (path: readonly PropertyKey[]): string =>
    part === 'body'
      ? path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
      : path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ pointer: at(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({
    pointer: at([...issue.path, key]),
    detail: `there is no such field.${didYouMean(key, fieldsAt(schema, issue.path))}`,
  }));
}

/** Names of the fields that an object has at a place in a schema; none where there is no such object. */
function fieldsAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const [step, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return fieldsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return fieldsAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(schema.shape) : fieldsAt(schema.shape[String(step)], rest);
}
