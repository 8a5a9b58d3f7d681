/** Groups that clients of Home Credit's tables are in. */
export const HOME_CREDIT_ATTRIBUTES = ['sex', 'age', 'loan', 'region', 'history', 'family'] as const;

/** By what attributes the clients of a config are grouped: a single table declares its own. */
export function attributesOf(config: Readonly<Record<string, unknown>>): readonly string[] {
  const { dataset } = config;
  if (dataset === undefined) return HOME_CREDIT_ATTRIBUTES;
  const groups = isRecord(dataset) ? dataset['groups'] : undefined;
  return isRecord(groups) ? Object.keys(groups) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
