import { errorCodes } from '../../errors/codes.ts';
import { deserializeError, isSluiceError, serializeError, SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import type { Flight } from './flight.ts';
import type { FlightBoard } from './flight-board.ts';
import type { FlightKey } from './flight-key.ts';
import type { SeenFlight } from './flight-folder.ts';
import type { FlightEnd } from './flight-line.ts';
import { type FlightFate, followFlight, SILENCE_MS } from './follow-flight.ts';
import { isAlive } from './process-mark.ts';

/** Thrown by a commit that finds its flight revoked: the process was taken for lost, and another does the work now. */
export class FlightLost extends Error {
  override readonly name = 'FlightLost';
}

export interface FlightPlan<T> {
  readonly board: FlightBoard;
  readonly key: FlightKey;
  readonly noWait: boolean;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
  /** What a flight of the same work, of another run, has made; null when it cannot be used. */
  readonly joined: (fingerprint: string, run: string) => Promise<T | null>;
  /**
   * Does the work. `fingerprint` is what those who joined look for; null where nothing had to be done.
   * @param waited another process was at it first, for however long
   * @throws FlightLost
   */
  readonly fly: (flight: Flight, waited: boolean) => Promise<{ readonly value: T; readonly fingerprint: string | null }>;
}

/**
 * Executes a piece of work, unless another run is at it: then reads along and takes its result. Takes over when that run's
 * process is gone or its heartbeat stops.
 * @throws SluiceError of the work, its own or the other run's; LOCK_TIMEOUT; STAGE_CANCELLED
 */
export async function joinOrFly<T>(plan: FlightPlan<T>): Promise<T> {
  for (let waited = false; ; waited = true) {
    const flight = await plan.board.take(plan.key);
    const result = flight === null ? await join(plan) : await fly(plan, flight, waited);
    if (result !== null) return result.value;
  }
}

async function fly<T>({ fly: work, key, emit }: FlightPlan<T>, flight: Flight, waited: boolean): Promise<{ readonly value: T } | null> {
  let end: FlightEnd = { type: 'end', outcome: 'dropped' };
  try {
    const { value, fingerprint } = await work(flight, waited);
    if (fingerprint !== null) end = { type: 'end', outcome: 'done', fingerprint };
    return { value };
  } catch (error) {
    if (error instanceof FlightLost) {
      emit({
        type: 'warning',
        code: 'LOCK_TAKEN_OVER',
        stage: key.stage,
        message: 'this process was silent for so long that another run took the stage over; what it made is left to that run',
      });
      return null;
    }
    if (!isSluiceError(error) || error.code !== 'STAGE_CANCELLED')
      end = { type: 'end', outcome: 'failed', error: serializeError(toSluiceError(error, 'INTERNAL', key.stage)) };
    throw error;
  } finally {
    await flight.land(end);
  }
}

async function join<T>(plan: FlightPlan<T>): Promise<{ readonly value: T } | null> {
  const { board, key, emit, signal } = plan;
  const flight = await board.seen(key.name);
  if (flight === null) return null;
  const { run, work } = flight.head;
  const isSame = work === key.work;
  if (isAlive(flight.head.process) === false) return takeOver(plan, flight, { type: 'dead' });
  if (plan.noWait) throw busy(key, flight);
  if (isSame) emit({ type: 'stage.started', stage: key.stage, reason: `joins run ${run}, which is at it` });
  else emit({ type: 'lock.waiting', holder: run, path: flight.dir, stage: key.stage });
  const fate = await followFlight(flight, { signal, onEvent: isSame ? emit : () => {} });
  if (fate.type !== 'end') return takeOver(plan, flight, fate);
  if (!isSame) return null;
  if (fate.outcome === 'failed' && !errorCodes[fate.error.code].retryable) throw sharedFailure(fate, run);
  const value = fate.outcome === 'done' ? await plan.joined(fate.fingerprint, run) : null;
  return value === null ? null : { value };
}

/** Only whoever took the lost flight down says so; all who waited then try to fly. */
async function takeOver<T>({ board, key, emit }: FlightPlan<T>, flight: SeenFlight, fate: FlightFate): Promise<null> {
  if (fate.type === 'gone' || !(await board.revoke(flight, fate.type === 'dead'))) return null;
  const { run, process: holder } = flight.head;
  const why =
    fate.type === 'dead'
      ? `its process ${holder.pid} is gone`
      : `its process ${holder.pid} gave no sign of life for ${SILENCE_MS / 1000} s`;
  emit({ type: 'warning', code: 'LOCK_TAKEN_OVER', stage: key.stage, message: `taken over from run ${run}: ${why}` });
  return null;
}

function busy({ stage }: FlightKey, { head }: SeenFlight): SluiceError {
  return new SluiceError('LOCK_TIMEOUT', `run ${head.run} (process ${head.process.pid}) is at stage "${stage}"`, {
    stage,
    hint: 'Run without --no-wait to join it, or wait for it to end.',
  });
}

function sharedFailure(end: Extract<FlightEnd, { outcome: 'failed' }>, run: string): SluiceError {
  return deserializeError({ ...end.error, message: `${end.error.message} (in run ${run}, which this run had joined)` });
}
