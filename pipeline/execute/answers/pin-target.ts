import { type Pin, PinStore } from '../../store/pin-store.ts';
import { namedArtifact } from './artifact-path.ts';
import type { Project } from '../project/project.ts';
import { readRun } from '../record/run-record.ts';

/**
 * Pins a run, or the last good artifact of a port.
 * @param target an id of a run, the beginning of one, `latest`, or STAGE.PORT
 * @throws SluiceError RUN_NOT_FOUND, ARTIFACT_MISSING, STORE_READ_ONLY
 */
export async function pinTarget(project: Project, target: string): Promise<Pin> {
  const pin = target.includes('.') ? await portPin(project, target) : ({ what: 'run', run: (await readRun(project, target)).id } as const);
  await new PinStore(project.artifactsDir).add(pin);
  return pin;
}

/** Takes pins away: of a run, or every one of a port. @returns how many there were */
export async function unpinTarget(project: Project, target: string): Promise<number> {
  const pins = new PinStore(project.artifactsDir);
  const isMeant = (pin: Pin): boolean =>
    pin.what === 'run'
      ? pin.run === target || (target.length >= 4 && pin.run.startsWith(target.toUpperCase()))
      : `${pin.stage}.${pin.port}` === target;
  const meant = (await pins.all()).filter(isMeant);
  await Promise.all(meant.map(async (pin) => pins.remove(pin)));
  return meant.length;
}

async function portPin(project: Project, target: string): Promise<Pin> {
  const { stage, port, fingerprint, artifact } = await namedArtifact(project, target);
  return { what: 'port', stage, port, fingerprint, digest: artifact.digest };
}
