import { type CommandContext, isSluiceError } from '../../../pipeline/index.ts';
import type { ScorerEvent } from '../../scorer/scorer-event.ts';
import { Scorer } from '../../scorer/scorer.ts';

/**
 * The champion of the config's tracking server. An embedded server that is down is started only where no champion is kept here: that takes
 * seconds, and a kept one has been proven.
 */
export async function openChampion(context: CommandContext, onEvent: (event: ScorerEvent) => void): Promise<Scorer> {
  const { projectDir, artifactsDir, artifact, bundle, trackingUri, io } = context;
  const open = (uri: string): Promise<Scorer> => Scorer.open({ projectDir, artifactsDir, artifact, bundle, registry: { uri }, onEvent });
  try {
    return await open(await trackingUri({ start: false }));
  } catch (error) {
    if (!isSluiceError(error) || error.code !== 'MLFLOW_UNREACHABLE') throw error;
    io.say('no champion is kept here yet: starting the tracking server to fetch it\n');
    return await open(await trackingUri({ start: true }));
  }
}
