import { z } from 'zod';
import { ledgerSchema, operationSchema } from './operation.ts';

/** One line of a journal. */
export const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('journal'), schema: z.literal(1), key: z.string(), title: z.string(), operations: z.int() }),
  z.object({ type: z.literal('operation'), index: z.int(), operation: operationSchema }),
  z.object({ type: z.literal('ack'), index: z.int(), result: ledgerSchema }),
  /** What was acknowledged so far no longer holds: the tracker forgot it. */
  z.object({ type: z.literal('restart'), reason: z.string() }),
]);
export type Line = z.infer<typeof lineSchema>;
