import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../errors/codes.ts';
import type { SluiceEvent } from './event.ts';

const code = z.enum(Object.keys(errorCodes).filter((name): name is ErrorCode => name in errorCodes)).describe('see errors.md');
const stage = z.string().describe('name of the stage');
const level = z.enum(['debug', 'info', 'warn', 'error']);
const outcome = z.enum(['executed', 'reused', 'joined', 'failed', 'blocked', 'skipped', 'cancelled']).describe('the last word on a stage');
const run = z.string().describe('id of the run, a ULID');
const durationMs = z.number().min(0).describe('milliseconds');

const location = z.strictObject({
  file: z.string(),
  line: z.int().min(1).exactOptional(),
  column: z.int().min(1).exactOptional(),
  text: z.string().exactOptional().describe('the line'),
  length: z.number().exactOptional().describe('how many characters the trouble covers'),
});

const error = z.strictObject({
  code,
  message: z.string(),
  hint: z.string().exactOptional().describe('the next command or edit'),
  at: location.exactOptional().describe('where in a file of the user'),
  stage: stage.exactOptional(),
  data: z.record(z.string(), z.unknown()).exactOptional(),
  stack: z.string().exactOptional().describe('only where a body or Sluice itself failed'),
});

const rule = z.strictObject({
  rule: z.string(),
  passed: z.boolean(),
  value: z.number().nullable().describe('null where it is not known'),
  limit: z.number().nullable(),
  reason: z.string(),
});

/** Members that every event has. */
const timed = { time: z.iso.datetime().describe('ISO 8601, UTC') };
const event = <const TType extends string, TShape extends z.ZodRawShape>(type: TType, shape: TShape) =>
  z.strictObject({ ...timed, type: z.literal(type), ...shape });

/** The events of `--json` and of `events.ndjson`, as they are parsed: one schema for the published JSON Schema, the reference page and the tests. */
export const eventSchema = z.discriminatedUnion('type', [
  event('run.started', { run, pipeline: z.string(), stages: z.array(stage) }).describe('a run begins; its stages in topological order'),
  event('stage.started', {
    stage,
    reason: z.string(),
    attempt: z.int().min(2).exactOptional().describe('2 and more where an earlier one failed'),
  }).describe('a body starts; why it was not reused'),
  event('stage.progress', { stage, done: z.number(), total: z.number().nullable(), note: z.string() }).describe('how far a body is'),
  event('stage.log', { stage, level, message: z.string(), data: z.record(z.string(), z.unknown()).exactOptional() }).describe(
    'what a body logs',
  ),
  event('stage.output', { stage, stream: z.enum(['stdout', 'stderr']), text: z.string() }).describe('what a body prints'),
  event('stage.finished', {
    stage,
    outcome,
    durationMs,
    reason: z.string(),
    attempts: z.int().min(2).exactOptional().describe('where it took more than one'),
    error: error.exactOptional(),
  }).describe('the last word on a stage; each selected stage has one'),
  event('gate.verdict', { stage, verdict: z.enum(['passed', 'rejected']), rules: z.array(rule) }).describe(
    'what a gate found, also when it was reused',
  ),
  event('artifact.quarantined', { stage, port: z.string(), digest: z.string(), path: z.string() }).describe(
    'an artifact was damaged and set aside',
  ),
  event('lock.waiting', { holder: z.string(), path: z.string(), stage: stage.exactOptional() }).describe('another run is at work here'),
  event('tracking.server', { state: z.enum(['starting', 'ready', 'unreachable']), uri: z.string() }).describe('the MLflow server'),
  event('warning', { code: z.string(), message: z.string(), stage: stage.exactOptional() }).describe('something that stops nothing'),
  event('error', { error }).describe('what ended a command before or outside any stage'),
  event('run.finished', { run, exitCode: z.int(), durationMs, outcomes: z.record(stage, outcome) }).describe('the last event of a run'),
]);

type Parsed = z.output<typeof eventSchema>;
type Members<TEvent extends { readonly type: string }> = { readonly [T in TEvent['type']]: keyof Extract<TEvent, { readonly type: T }> };
type Agree = [Parsed, Members<Parsed>] extends [SluiceEvent, Members<SluiceEvent>]
  ? [Members<SluiceEvent>] extends [Members<Parsed>]
    ? true
    : never
  : never;
/** What the schema lets through is an event, and neither knows a type or member that the other does not: else this does not compile. */
const agree: Agree = true;
void agree;

/**
 * The schema for readers in other languages, JSON Schema 2020-12. It lets members through that it does not know: a later
 * version may add some.
 */
export function eventJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(eventSchema, {
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // A later version has more codes.
      if (zodSchema === code) delete jsonSchema.enum;
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return { $schema, $id: 'urn:sluice:events:1', title: 'An event of sluice run --json', ...schema };
}
