import { z } from 'zod';

/** Longest key, in characters. */
const LONGEST = 255;

/** As it is, or as a quoted text of RFC 9651, as draft-ietf-httpapi-idempotency-key-header writes it: both are the same key. */
export const idempotencyKey = z
  .string()
  .regex(new RegExp(`^(?:[!#-\\[\\]-~]{1,${LONGEST}}|"[ !#-\\[\\]-~]{1,${LONGEST}}")$`), {
    error: `a key has 1 to ${LONGEST} characters of ASCII, without spaces, quotes and backslashes`,
  })
  .describe(
    'One for each decision, such as a UUID. The same request sent again with it gives the first answer again, and is logged once; another request with it is refused with 422.',
  )
  .transform((text) => text.replaceAll('"', ''));
