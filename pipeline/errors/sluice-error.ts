import { type ErrorCode, errorCodes } from './codes.ts';
import { messageOf } from '../util/error-code.ts';

/** Where in a user's file the trouble lies; `line` and `column` count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The offending line, for the squiggle. */
  readonly text?: string;
  /** How many characters the squiggle covers. */
  readonly length?: number;
}

export interface SluiceErrorOptions {
  /** The next command or edit, as a sentence. */
  readonly hint?: string;
  readonly at?: SourceLocation;
  readonly stage?: string;
  readonly cause?: unknown;
  /** Machine-readable details: values, paths, limits. Never secrets. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What crosses a process border and what `--json` prints. */
export interface SerializedError extends Omit<SluiceErrorOptions, 'cause'> {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stack?: string;
}

/**
 * The one error class. `message` says what happened, to which named thing, with the values; `hint` says what to do next.
 * Recognise it with {@link isSluiceError}, not `instanceof`: bundles and child processes have copies of this class.
 */
export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly at: SourceLocation | undefined;
  readonly stage: string | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: SluiceErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.at = options.at;
    this.stage = options.stage;
    this.data = options.data;
  }
}

export function isSluiceError(error: unknown): error is SluiceError {
  return error instanceof Error && error.name === 'SluiceError' && 'code' in error && String(error.code) in errorCodes;
}

/** Turns anything thrown into a SluiceError, keeping a SluiceError as it is. */
export function toSluiceError(error: unknown, code: ErrorCode = 'INTERNAL', stage?: string): SluiceError {
  if (isSluiceError(error)) return error;
  return new SluiceError(code, messageOf(error), { cause: error, ...(stage === undefined ? {} : { stage }) });
}

export function serializeError(error: SluiceError): SerializedError {
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? error.cause.message}` : '';
  return {
    code: error.code,
    message: error.message,
    stack: `${error.stack ?? ''}${cause}`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.at === undefined ? {} : { at: error.at }),
    ...(error.stage === undefined ? {} : { stage: error.stage }),
    ...(error.data === undefined ? {} : { data: error.data }),
  };
}

export function deserializeError(value: SerializedError): SluiceError {
  const error = new SluiceError(value.code, value.message, value);
  if (value.stack !== undefined) error.stack = value.stack;
  return error;
}
