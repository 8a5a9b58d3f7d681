type QueryValue = string | number | undefined;

/** A path of the JSON API; undefined values are left out, all are encoded. */
export function apiPath(endpoint: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]));
  return `/api/2.0/mlflow/${endpoint}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** A string literal of MLflow's filter grammar. It has no escapes, so a quote cannot be expressed. */
export function filterString(value: string): string {
  if (value.includes("'")) throw new RangeError(`a quote cannot stand in an MLflow filter: ${value}`);
  return `'${value}'`;
}
