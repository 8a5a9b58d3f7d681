import { setTimeout as sleep } from 'node:timers/promises';
import { isAmbiguous } from './api-error.ts';
import { backoffMs } from './backoff.ts';
import type { MlflowConnection } from './connection.ts';

/** A lost answer may still be on its way through the server: searching at once could miss the object. */
const SETTLE_MS = 1000;

/**
 * Creates an object that MLflow would happily create twice: looks for it first (a client token in its tags),
 * and again after every attempt whose answer was lost.
 */
export async function createOnce<T>(
  connection: MlflowConnection,
  steps: {
    readonly find: () => Promise<T | undefined>;
    readonly create: () => Promise<T>;
    /** It is known not to be there: the first look is left out. */
    readonly absent?: boolean;
  },
): Promise<T> {
  const started = Date.now();
  for (let tries = 1; ; tries++) {
    const found = tries === 1 && steps.absent === true ? undefined : await steps.find();
    if (found !== undefined) return found;
    try {
      return await steps.create();
    } catch (error) {
      const patienceEnds = tries >= connection.maxTries || Date.now() - started > connection.retryForMs;
      if (!isAmbiguous(error) || patienceEnds) throw error;
      await sleep(SETTLE_MS + backoffMs(connection, tries));
    }
  }
}
