import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { sampleRun, stampAll } from '../testing/sample-run.ts';
import { jsonLine } from './render-json.ts';
import { eventJsonSchema, eventSchema } from './event-schema.ts';

const published: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/reference/events.schema.json'), 'utf8'));

test('the published schema is what the code says, in JSON Schema 2020-12', () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(eventJsonSchema())));
  expect(published).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:sluice:events:1' });
});

test('events as they are printed are valid, and a member that is not described is found', () => {
  const reader = z.fromJSONSchema(published as Parameters<typeof z.fromJSONSchema>[0]);
  for (const event of sampleRun.map((sample): unknown => JSON.parse(jsonLine(sample)))) {
    expect(eventSchema.safeParse(event).error).toBeUndefined();
    expect(reader.safeParse(event).success).toBe(true);
  }
  const [event] = stampAll([{ type: 'stage.started', stage: 'train', reason: '' }]);
  expect(eventSchema.safeParse({ ...event, extra: 1 }).success).toBe(false);
  expect(reader.safeParse({ ...event, extra: 1 }).success).toBe(true);
  expect(reader.safeParse({ ...event, stage: 1 }).success).toBe(false);
  expect(reader.safeParse({ ...event, type: 'stage.begun' }).success).toBe(false);
});
