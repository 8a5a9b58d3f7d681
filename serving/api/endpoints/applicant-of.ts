import type { Applicant } from '../../scorer/applicant.ts';
import type { ApplicantBody } from '../schemas/applicant.ts';

/** Whom a request is about: its schema has seen to it that there is exactly one of `id` and `rows`. */
export function applicantOf({ id, rows = {} }: ApplicantBody): Applicant {
  if (id !== undefined) return { id };
  // Tables that were left out come as undefined, which is not the same as not there.
  return { rows: Object.fromEntries(Object.entries(rows).filter(([, table]) => table !== undefined)) };
}
