import { digestOfJson } from '../../fingerprint/digest.ts';
import type { Work } from '../find-work.ts';
import type { StageConfig } from '../project/stage-config.ts';

export interface FlightKey {
  readonly stage: string;
  /** Flights of one name exclude each other. */
  readonly name: string;
  /** Digest of all that the work is known by before it runs. */
  readonly work: string;
}

const NAME_CHARS = 24;

/**
 * Which work is the same, before anybody knows what it will read: same code, packages, inputs, environment, and the same values of all
 * that it could read. An effect has one flight a stage, whatever its work: two runs must not change the one world at once.
 */
export function flightKey({ stage, parts }: Pick<Work, 'stage' | 'parts'>, config: StageConfig): FlightKey {
  const work = digestOfJson({ parts, ...config });
  return { stage: stage.name, name: `${stage.name}-${stage.kind === 'effect' ? 'effect' : work.slice(0, NAME_CHARS)}`, work };
}
