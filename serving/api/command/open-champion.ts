import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, isSluiceError, NO_SERVER, SluiceError } from '../../../pipeline/index.ts';
import type { ScorerOptions } from '../../scorer/scorer-options.ts';
import { Scorer } from '../../scorer/scorer.ts';

/** How often the address of an embedded server that is down is asked for. */
const LOOK_MS = 15_000;

/**
 * The champion of the config's tracking server. An embedded server that is down is started only where no champion is kept here: that takes
 * seconds, and a kept one has been proven; once somebody starts it, a new champion is noticed.
 */
export async function openChampion(
  context: CommandContext,
  book: Pick<ScorerOptions, 'bookFolder' | 'rejectTolerance' | 'onEvent'>,
): Promise<Scorer> {
  const { projectDir, artifactsDir, artifact, bundle, io } = context;
  const address = new TrackingAddress(context);
  const open = (): Promise<Scorer> => Scorer.open({ projectDir, artifactsDir, artifact, bundle, registry: address, ...book });
  await address.look();
  const kept = existsSync(join(artifactsDir, 'serving', 'champion.json'));
  if (address.down && !kept) {
    if (!existsSync(join(artifactsDir, 'mlflow'))) {
      throw new SluiceError('ARTIFACT_MISSING', `there is no champion yet: nothing was ever registered in ${artifactsDir}`, {
        hint: 'Train and register one first: make run, or sluice run. Its gate has to pass.',
      });
    }
    io.say('no champion is kept here yet: starting the tracking server to fetch it\n');
    await address.start();
  }
  address.watch(io.signal);
  return await open();
}

/** Where the tracking server is now. */
class TrackingAddress {
  /** {@link NO_SERVER} is what is asked of a server that is down. */
  uri = NO_SERVER;
  readonly #context: Pick<CommandContext, 'trackingUri'>;

  constructor(context: Pick<CommandContext, 'trackingUri'>) {
    this.#context = context;
  }

  get down(): boolean {
    return this.uri === NO_SERVER;
  }

  async start(): Promise<void> {
    this.uri = await this.#context.trackingUri({ start: true });
  }

  async look(): Promise<void> {
    try {
      this.uri = await this.#context.trackingUri({ start: false });
    } catch (error) {
      if (!isSluiceError(error) || error.code !== 'MLFLOW_UNREACHABLE') throw error;
      this.uri = NO_SERVER;
    }
  }

  watch(signal: AbortSignal): void {
    const timer = setInterval(() => void this.look().catch(() => null), LOOK_MS).unref();
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }
}
