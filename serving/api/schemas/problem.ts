import { z } from 'zod';

/** RFC 9457. `type` is a path of this server that never changes meaning; `code` is that of docs/reference/errors.md or of docs/guides/api.md. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe('id of the request, as in the log'),
    code: z.string(),
    hint: z.string().optional().describe('what to do next'),
    errors: z
      .array(
        z.strictObject({ pointer: z.string().describe('JSON pointer into the body, or the name of the parameter'), detail: z.string() }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problem>;
