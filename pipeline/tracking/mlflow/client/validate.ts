import { SluiceError } from '../../../errors/sluice-error.ts';

/** MLflow's limits (3.17.2). It cuts longer values silently, stores 0 for a timestamp that is not whole, and loses what follows it. */
const LIMITS = { key: 250, param: 6000, tag: 8000, registryTag: 100_000, digest: 36, datasetName: 500 } as const;
const KEY = /^[/\p{L}\p{N}_.\- :]+$/u;

/** As Python counts them: a pair of surrogates is one. Short texts, nearly all, are not taken apart. */
function charactersOf(text: string, limit: number): number {
  return text.length <= limit ? text.length : Array.from(text).length;
}

function spoiled(what: string, why: string): SluiceError {
  return new SluiceError('MLFLOW_REFUSED', `${what} was not sent: ${why}`, { data: { endpoint: 'client' } });
}

export function assertTimestamp(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw spoiled(what, `${value} is not a whole number of milliseconds, and MLflow would store 0`);
}

/** Letters and digits of any script, `_ / . - : space`, no empty or dotted path segment. */
export function assertKey(what: string, key: string): void {
  const [segments, length] = [key.split('/'), charactersOf(key, LIMITS.key)];
  if (length > LIMITS.key) throw spoiled(`${what} "${key.slice(0, 60)}…"`, `its name has ${length} characters, the limit is ${LIMITS.key}`);
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
  const length = charactersOf(value, LIMITS.param);
  if (length > LIMITS.param) throw spoiled(`param "${key}"`, `it has ${length} characters, and MLflow would cut it at ${LIMITS.param}`);
  assertText(`param "${key}"`, JSON.stringify(value));
}

export function assertTags(tags: Readonly<Record<string, string>>, where: 'run' | 'registry'): void {
  const limit = where === 'run' ? LIMITS.tag : LIMITS.registryTag;
  for (const [key, value] of Object.entries(tags)) {
    assertKey('tag', key);
    const length = charactersOf(value, limit);
    if (length > limit) throw spoiled(`tag "${key}"`, `it has ${length} characters, and MLflow keeps ${limit}`);
    assertText(`tag "${key}"`, JSON.stringify(value));
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

/** The same dataset twice, for two purposes: MLflow keeps the first purpose, and drops the second without a word. */
export function assertDistinct(datasets: readonly { readonly name: string; readonly digest: string; readonly context: string }[]): void {
  const contexts = new Map<string, string>();
  for (const { name, digest, context } of datasets) {
    const id = `${digest} ${name}`;
    const known = contexts.get(id);
    if (known !== undefined && known !== context)
      throw spoiled(
        `dataset "${name}"`,
        `it is there for ${known} and for ${context} with one digest, and MLflow would keep ${known} alone`,
      );
    contexts.set(id, context);
  }
}

/**
 * JSON, as it is sent. Half a pair of surrogates makes MLflow drop its value and all that follows, and answer 200; PostgreSQL has no NUL.
 * Whole pairs are never escaped by JSON.stringify, halves always are.
 */
export function assertText(what: string, json: string): void {
  const bad = json.includes('\\u') ? /(?<!\\)(?:\\\\)*\\u(d[89a-f][\da-f]{2}|0000)/.exec(json)?.[1] : undefined;
  if (bad !== undefined)
    throw spoiled(
      what,
      bad === '0000' ? 'a text in it holds a NUL character' : `a text in it holds half a character (U+${bad.toUpperCase()})`,
    );
}
