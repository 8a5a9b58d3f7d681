import { SluiceError } from '../../../errors/sluice-error.ts';

/** MLflow's limits (3.17.2). It cuts longer values silently, stores 0 for a timestamp that is not whole, and loses what follows it. */
const LIMITS = { key: 250, param: 6000, tag: 8000, registryTag: 100_000, digest: 36, datasetName: 500 } as const;
const KEY = /^[/\w.\- :]+$/;

function spoiled(what: string, why: string): SluiceError {
  return new SluiceError('MLFLOW_REFUSED', `${what} was not sent: ${why}`, { data: { endpoint: 'client' } });
}

export function assertTimestamp(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw spoiled(what, `${value} is not a whole number of milliseconds, and MLflow would store 0`);
}

/** Letters, digits, `_ / . - : space`, no empty or dotted path segment. */
export function assertKey(what: string, key: string): void {
  const segments = key.split('/');
  if (key.length > LIMITS.key)
    throw spoiled(`${what} "${key.slice(0, 60)}…"`, `its name has ${key.length} characters, the limit is ${LIMITS.key}`);
  if (!KEY.test(key) || segments.some((part) => part === '' || part === '.' || part === '..')) {
    throw spoiled(`${what} "${key}"`, 'its name may hold letters, digits, _ - . : space and single slashes');
  }
}

/** @param known names that were looked at already: those of a series are the same thousands of times */
export function assertMetric(
  metric: { readonly key: string; readonly value: number; readonly timestamp: number; readonly step: number },
  known: Set<string> = new Set(),
): void {
  if (!known.has(metric.key)) assertKey('metric', metric.key);
  known.add(metric.key);
  const { value, timestamp, step } = metric;
  if (Number.isFinite(value) && Number.isSafeInteger(step) && Number.isSafeInteger(timestamp) && timestamp >= 0) return;
  assertTimestamp(`metric "${metric.key}"`, timestamp);
  throw spoiled(
    `metric "${metric.key}"`,
    Number.isFinite(value) ? `its step ${step} is not a whole number` : `its value is ${value} at step ${step}`,
  );
}

export function assertParam(key: string, value: string): void {
  assertKey('param', key);
  if (value.length > LIMITS.param)
    throw spoiled(`param "${key}"`, `it has ${value.length} characters, and MLflow would cut it at ${LIMITS.param}`);
}

export function assertTags(tags: Readonly<Record<string, string>>, where: 'run' | 'registry'): void {
  const limit = where === 'run' ? LIMITS.tag : LIMITS.registryTag;
  for (const [key, value] of Object.entries(tags)) {
    assertKey('tag', key);
    if (value.length > limit) throw spoiled(`tag "${key}"`, `it has ${value.length} characters, and MLflow keeps ${limit}`);
  }
}

export function assertDataset(name: string, digest: string): void {
  if (name === '' || name.length > LIMITS.datasetName)
    throw spoiled('dataset', `its name has ${name.length} characters; 1 to ${LIMITS.datasetName} are allowed`);
  if (digest === '' || digest.length > LIMITS.digest)
    throw spoiled(`dataset "${name}"`, `its digest has ${digest.length} characters, the limit is ${LIMITS.digest}`);
}

/** MLflow keeps `latest` and `v1`, `v2`, … for itself. */
export function assertAlias(alias: string): void {
  if (!/^[\w-]{1,255}$/.test(alias)) throw spoiled(`alias "${alias.slice(0, 60)}"`, 'it may hold 1 to 255 letters, digits, _ and -');
  if (/^(latest|v\d+)$/i.test(alias)) throw spoiled(`alias "${alias}"`, 'MLflow keeps that name for itself');
}

/** The name of a registered model. */
export function assertModelName(name: string): void {
  if (name.trim() === '' || /[/:]/.test(name)) throw spoiled(`model "${name}"`, 'its name may not be empty nor hold / or :');
}
