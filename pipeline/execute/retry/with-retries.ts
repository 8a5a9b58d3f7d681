import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodes } from '../../errors/codes.ts';
import { SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';

/** The wait before the second attempt, in ms; each further wait is twice as long. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface RetryOptions {
  readonly stage: string;
  /** How often a failed attempt is followed by another. */
  readonly retries: number;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
}

/**
 * Tries again what may pass: an error whose code is marked retryable. Everything else fails at once, since it would fail again.
 * @param attempt gets its number, from 1
 * @throws SluiceError of the last attempt; STAGE_CANCELLED
 */
export async function withRetries<T>(
  { stage, retries, signal, emit }: RetryOptions,
  attempt: (number: number) => Promise<T>,
): Promise<{ readonly value: T; readonly attempts: number }> {
  for (let number = 1; ; number++) {
    try {
      return { value: await attempt(number), attempts: number };
    } catch (error) {
      const failure = toSluiceError(error, 'INTERNAL', stage);
      if (number > retries || !errorCodes[failure.code].retryable || signal.aborted) throw error;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (number - 1), LONGEST_WAIT_MS);
      emit({
        type: 'warning',
        code: failure.code,
        stage,
        message: `attempt ${number} of ${retries + 1} failed: ${failure.message}; the next starts in ${waitMs / 1000} s`,
      });
      await pause(waitMs, stage, signal);
      emit({ type: 'stage.started', stage, reason: `attempt ${number + 1} of ${retries + 1}`, attempt: number + 1 });
    }
  }
}

async function pause(ms: number, stage: string, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new SluiceError('STAGE_CANCELLED', `stage "${stage}" was cancelled`, { stage });
  });
}
