import { z } from 'zod';
import { type EndpointShape, REVIEWERS } from './endpoint.ts';
import { HTTP_PROBLEMS } from './problems/http-problem.ts';
import { problem } from './schemas/problem.ts';
import { ROLES } from '../roles.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of the contract: its first number is that of the paths. */
const API_VERSION = '1.0.0';

/** Statuses that any call with a key may end with. */
const KEYED = [401, 403, 429, 500, 503] as const;

const WORDS: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.values(HTTP_PROBLEMS).map(({ status, title }) => [status, title])),
  404: 'There is no such applicant, feature or decision',
  409: 'Not with the model in service, or no longer so',
  422: 'A value is not what it can be',
  503: 'Busy, shutting down, or the decision log cannot be used: try again later',
};

/** The contract as OpenAPI 3.1, made from the very schemas that requests are parsed with. */
export function openApi(endpoints: readonly EndpointShape[]): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  const paths: Record<string, Record<string, Json>> = {};
  for (const each of endpoints) (paths[each.url.replaceAll(/:(\w+)/g, '{$1}')] ??= {})[each.method.toLowerCase()] = operation(each);
  for (const { url, ...texts } of TEXTS) paths[url] = { get: textOperation(texts) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluice: credit scoring',
      version: API_VERSION,
      description: 'Scores, explanations and officers’ decisions of the registered champion. docs/guides/api.md shows how it is used.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: `A key of one of the roles ${ROLES.join(', ')}` } },
      schemas: Object.fromEntries(
        Object.entries(schemas)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, { $schema: _schema, $id: _id, id: _own, ...schema }]) => [id, schema]),
      ),
    },
  };
}

/** What is answered as it stands, and not from a schema. */
const TEXTS = [
  { url: '/metrics', name: 'metrics', summary: 'Metrics for Prometheus', type: 'text/plain', open: false },
  { url: '/v1/openapi.json', name: 'openApi', summary: 'This document', type: 'application/json', open: true },
];

function textOperation({ name, summary, type, open }: Omit<(typeof TEXTS)[number], 'url'>): Json {
  return {
    operationId: name,
    tags: ['service'],
    summary,
    description: open ? 'No key is needed.' : `Roles: ${REVIEWERS.join(', ')}.`,
    ...(open ? { security: [] } : {}),
    responses: {
      200: { description: 'Done', content: { [type]: { schema: { type: open ? 'object' : 'string' } } } },
      ...problemResponses(open ? [500] : KEYED),
    },
  };
}

function problemResponses(statuses: readonly number[]): Json {
  const sorted = [...new Set(statuses)].toSorted((a, b) => a - b);
  const content = { 'application/problem+json': { schema: reference(problem) } };
  return Object.fromEntries(sorted.map((status) => [status, { description: WORDS[status] ?? '', content }]));
}

function operation(endpoint: EndpointShape): Json {
  const { name, tag, summary, description, roles, body, query, params, headers, response, status = 200 } = endpoint;
  const problems = [...(roles === 'open' ? [500] : KEYED), ...(endpoint.problems ?? []), ...(body === undefined ? [] : [400, 413, 415])];
  if (query !== undefined || params !== undefined) problems.push(400);
  const who = roles === 'open' ? 'No key is needed.' : `Roles: ${roles.join(', ')}.`;
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: [description, who].filter((text) => text !== undefined).join(' '),
    ...(roles === 'open' ? { security: [] } : {}),
    parameters: [...parameters('path', params), ...parameters('query', query), ...parameters('header', headers)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } }),
    responses: {
      [status]: { description: 'Done', content: { 'application/json': { schema: reference(response) } } },
      ...problemResponses(problems),
    },
  };
}

function reference(schema: z.ZodType): Json {
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined) throw new Error('a schema of a body has no id');
  return { $ref: `#/components/schemas/${id}` };
}

function parameters(place: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): readonly Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const {
      $schema: _schema,
      $defs: _defs,
      $ref,
      description,
      ...rest
    } = z.toJSONSchema(field as z.ZodType, {
      // A number in a path or a query is a text that is read as one; a header is as it is sent.
      io: place === 'header' ? 'input' : 'output',
    });
    const named = $ref === undefined ? {} : { $ref: $ref.replace('#/$defs/', '#/components/schemas/') };
    return {
      name,
      in: place,
      required: !(field as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: { ...rest, ...named },
    };
  });
}
