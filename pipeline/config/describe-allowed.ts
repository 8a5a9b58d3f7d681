import { z } from 'zod';

interface Json {
  readonly [key: string]: unknown;
}

/** What values a schema allows, in words: `a number above 0, up to 1` · `one of "none", "balanced"` · `text or null`. */
export function describeAllowed(schema: z.core.$ZodType): string {
  return words(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);
}

function words(json: Json): string {
  if (Array.isArray(json['anyOf'])) return (json['anyOf'] as Json[]).map(words).join(' or ');
  if ('const' in json) return JSON.stringify(json['const']);
  if (Array.isArray(json['enum'])) return `one of ${json['enum'].map((value) => JSON.stringify(value)).join(', ')}`;
  if (Array.isArray(json['type'])) return json['type'].map((type) => words({ ...json, type })).join(' or ');
  switch (json['type']) {
    case 'integer':
      return `a whole number${range(json)}`;
    case 'number':
      return `a number${range(json)}`;
    case 'string':
      return json['minLength'] === 1 ? 'text that is not empty' : 'text';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return `a list of ${words((json['items'] ?? {}) as Json)}`;
    case 'object':
      return 'additionalProperties' in json && typeof json['additionalProperties'] === 'object'
        ? `a map to ${words(json['additionalProperties'] as Json)}`
        : 'a map of keys';
    default:
      return 'any value';
  }
}

function range(json: Json): string {
  const safe = (bound: unknown): bound is number => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  const low = safe(json['exclusiveMinimum']) ? `above ${json['exclusiveMinimum']}` : safe(json['minimum']) ? `from ${json['minimum']}` : '';
  const high = safe(json['exclusiveMaximum'])
    ? `below ${json['exclusiveMaximum']}`
    : safe(json['maximum'])
      ? `up to ${json['maximum']}`
      : '';
  const parts = [low, high].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}
