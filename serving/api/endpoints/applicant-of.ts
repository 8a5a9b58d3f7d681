import type { Applicant } from '../../scorer/applicant.ts';
import type { ApplicantBody } from '../schemas/applicant.ts';

/** Whom a request is about: its schema has seen to it that there is exactly one of `id` and `rows`. */
export function applicantOf({ id, rows = {} }: ApplicantBody): Applicant {
  return id === undefined ? { rows } : { id };
}
