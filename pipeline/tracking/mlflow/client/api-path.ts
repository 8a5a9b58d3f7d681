import { SluiceError } from '../../../errors/sluice-error.ts';

type QueryValue = string | number | undefined;

/** A path of the JSON API; undefined values are left out, all are encoded. */
export function apiPath(endpoint: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]));
  return `/api/2.0/mlflow/${endpoint}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/**
 * A string literal of MLflow's filter grammar. It has no escapes, so one that holds both kinds of quotes cannot be expressed; searches of logged
 * models take single quotes only.
 * @throws SluiceError MLFLOW_REFUSED for such a string
 */
export function filterString(value: string): string {
  const quote = value.includes("'") ? '"' : "'";
  if (!value.includes(quote)) return `${quote}${value}${quote}`;
  throw new SluiceError('MLFLOW_REFUSED', `${value} was not sent: both kinds of quotes cannot stand in one filter of MLflow`, {
    data: { endpoint: 'client' },
  });
}
