import { EVALUATED_ATTRIBUTES } from '../../evaluate/evaluated-attributes.ts';

/** Groups that clients of Home Credit's tables are in beside those that evaluate judges. */
export const ASSESSED_ATTRIBUTES = ['region', 'history', 'family'] as const;

/** By what attributes the clients of a config are grouped: a single table declares its own. */
export function attributesOf(config: Readonly<Record<string, unknown>>): readonly string[] {
  const { dataset } = config;
  if (dataset === undefined) return [...EVALUATED_ATTRIBUTES, ...ASSESSED_ATTRIBUTES];
  const groups = isRecord(dataset) ? dataset['groups'] : undefined;
  return isRecord(groups) ? Object.keys(groups) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
