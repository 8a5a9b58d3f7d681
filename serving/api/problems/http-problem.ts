/** What a call can be refused with before the scorer or the log is asked, beside the codes of SluiceError. */
export const HTTP_PROBLEMS = {
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  INVALID_REQUEST: { status: 400, title: 'The request is not as the contract says' },
  UNAUTHENTICATED: { status: 401, title: 'A key is needed' },
  FORBIDDEN: { status: 403, title: 'This key may not do that' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The path does not have this method' },
  STALE_SCORE: { status: 409, title: 'The score is no longer the one that was looked at' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body is not application/json' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key stands for another request' },
  REASON_MISSING: { status: 422, title: 'An override needs a reason' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'A fault in the server' },
  NOT_READY: { status: 503, title: 'Not ready for calls' },
  TIMEOUT: { status: 503, title: 'The answer took too long' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  readonly pointer: string;
  readonly detail: string;
}

export interface HttpProblemOptions {
  readonly hint?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal by HTTP's own rules; what the scorer or the log refuses is a SluiceError. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: HttpProblemCode;
  readonly options: HttpProblemOptions;

  constructor(code: HttpProblemCode, detail: string, options: HttpProblemOptions = {}) {
    super(detail);
    this.code = code;
    this.options = options;
  }
}
