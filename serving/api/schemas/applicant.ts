import { z } from 'zod';
import { rawRows } from './raw-rows.ts';

/** SK_ID_CURR of the book. */
export const applicantId = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)
  .meta({ id: 'ApplicantId' });

/** Whom a question is about: exactly one of `id` (somebody in the book) and `rows` (anybody). Spread into each request. */
export const applicantFields = { id: applicantId.optional(), rows: rawRows.optional() };

export interface ApplicantBody {
  readonly id?: number | undefined;
  readonly rows?: z.infer<typeof rawRows> | undefined;
}

/** A request about one applicant, with `more` beside `id` or `rows`. */
export function applicantRequest<T extends z.ZodRawShape>(id: string, more: T) {
  return z
    .strictObject({ ...applicantFields, ...more })
    .refine((body: object) => ['id', 'rows'].filter((name) => Object.hasOwn(body, name)).length === 1, {
      error: 'give either "id", of an applicant in the book, or "rows", the raw rows of one',
    })
    .meta({ id, oneOf: [{ required: ['id'] }, { required: ['rows'] }] });
}
