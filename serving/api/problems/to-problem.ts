import { isSluiceError, SluiceError } from '../../../pipeline/index.ts';
import type { ProblemBody } from '../schemas/problem.ts';
import { type FieldError, HTTP_PROBLEMS, HttpProblem, type HttpProblemCode } from './http-problem.ts';

export interface Refusal {
  readonly body: ProblemBody;
  readonly headers: Readonly<Record<string, string>>;
}

/** Failures of scorer and log that are the caller's to mend, or pass: all others are faults of the server and say nothing of themselves. */
const STATUS: Readonly<Partial<Record<SluiceError['code'], readonly [status: number, title: string]>>> = {
  APPLICANT_UNKNOWN: [404, 'The applicant is not in the book'],
  BOOK_PREPARING: [503, 'The applicants are being prepared'],
  DATA_BAD_VALUE: [422, 'A value is not what the raw tables hold'],
  DATA_MISSING_TABLE: [422, 'A table is missing'],
  DATA_MISSING_COLUMN: [422, 'A column is missing'],
  DATA_DUPLICATE_KEY: [422, 'A row stands twice'],
  DATA_TOO_LARGE: [422, 'There are too many rows'],
  ARTIFACT_MISSING: [409, 'The model in service came without what this needs'],
  SERVING_BUSY: [503, 'Too many calls wait'],
  SERVING_CLOSED: [503, 'The server is shutting down'],
  DECISION_LOG_UNAVAILABLE: [503, 'The decision log cannot be used'],
};
const RETRY_S = '1';

/** Codes of Fastify's own refusals. */
const FASTIFY: Readonly<Record<string, readonly [HttpProblemCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json'],
  FST_ERR_CTP_EMPTY_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'the body is larger than this server takes'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['MALFORMED_JSON', 'the body is empty'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['MALFORMED_JSON', 'the body is not JSON'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['MALFORMED_JSON', 'the body is not as long as its Content-Length says'],
  FST_ERR_HANDLER_TIMEOUT: ['TIMEOUT', 'the answer took longer than this server waits'],
};

/** Any failure as RFC 9457 has it. @param instance id of the request */
export function toProblem(error: unknown, instance: string): Refusal {
  if (error instanceof HttpProblem) return ofHttp(error, instance);
  if (isSluiceError(error)) return ofSluice(error, instance);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = FASTIFY[code];
  if (known !== undefined) return ofHttp(new HttpProblem(...known), instance);
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return ofHttp(new HttpProblem('BODY_TOO_LARGE', 'the body is larger than this server takes'), instance);
  if (status >= 400 && status < 500) return ofHttp(new HttpProblem('INVALID_REQUEST', 'the request cannot be read'), instance);
  return ofHttp(
    new HttpProblem('INTERNAL', 'something happened that the server did not foresee; its log has more under this instance'),
    instance,
  );
}

function ofHttp({ code, message, options }: HttpProblem, instance: string): Refusal {
  const { status, title } = HTTP_PROBLEMS[code];
  const { hint, errors, headers = {} } = options;
  return {
    body: {
      type: typeOf(code),
      title,
      status,
      detail: message,
      instance,
      code,
      ...(hint === undefined ? {} : { hint }),
      ...withErrors(errors),
    },
    headers: code === 'TIMEOUT' ? { 'retry-after': RETRY_S, ...headers } : headers,
  };
}

/** What DuckDB says of a number that its types cannot hold: each is of its column's type, what is made of several may be too large. */
const TOO_LARGE = /Out of Range|Conversion Error|Overflow/i;

function ofSluice(given: SluiceError, instance: string): Refusal {
  const error =
    given.code === 'NATIVE_DUCKDB' && TOO_LARGE.test(given.message)
      ? new SluiceError('DATA_BAD_VALUE', 'the rows hold numbers so large that features of them cannot be made', {
          hint: 'Hand in days, months, counts and amounts as the raw tables have them.',
        })
      : given;
  const known = STATUS[error.code];
  if (known === undefined) return toProblem(new Error('a fault of the server'), instance);
  const [status, title] = known;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return {
    body: {
      type: typeOf(error.code),
      title,
      status,
      detail: error.message,
      instance,
      code: error.code,
      ...hint,
      ...withErrors(placeOf(error)),
    },
    headers: status === 503 ? { 'retry-after': RETRY_S } : {},
  };
}

/** Stable, and relative to the server: what a problem is about never changes under its name. */
function typeOf(code: string): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}

function withErrors(errors: readonly FieldError[] | undefined): { readonly errors?: FieldError[] } {
  return errors === undefined || errors.length === 0 ? {} : { errors: [...errors] };
}

/** Where in the body the scorer saw it. */
function placeOf({ data, message }: SluiceError): readonly FieldError[] {
  if (data === undefined) return [];
  const { table, row, column, field } = data;
  if (typeof field === 'string') return [{ pointer: `/${field.replaceAll('.', '/')}`, detail: message }];
  if (typeof table !== 'string') return [];
  const steps = [...(typeof row === 'number' ? [row - 1] : []), ...(typeof column === 'string' ? [column] : [])];
  return [{ pointer: ['/rows', table, ...steps].join('/'), detail: message }];
}
