import { SluiceError } from '../errors/sluice-error.ts';
import type { KeyPlaces } from './config-origin.ts';
import { isRecord } from './deep-merge.ts';

/** User and password of an address, also of one that does not parse. */
const LOGIN = /(\/\/|^)[^/@\s]*@/;

/**
 * A config is recorded with every run and shown in plans: a login in it would be as well.
 * @throws SluiceError CONFIG_VALUE that names the place, and shows neither the value nor its line
 */
export function refuseLogin(values: Readonly<Record<string, unknown>>, places: ReadonlyMap<string, KeyPlaces>): void {
  const uri = isRecord(values['tracking']) ? values['tracking']['uri'] : null;
  if (typeof uri !== 'string' || !LOGIN.test(uri)) return;
  const { file, line } = places.get('tracking.uri')?.value ?? {};
  const where = line === undefined ? '-S' : `line ${line} of ${file}`;
  throw new SluiceError('CONFIG_VALUE', `tracking.uri (${where}) holds a login, and a config is recorded with every run`, {
    hint: 'Leave user and password out of the address, and set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or write them to ~/.mlflow/credentials.',
    data: { key: 'tracking.uri' },
  });
}
