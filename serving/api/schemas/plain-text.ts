import { z } from 'zod';

/** Text that every database and column store holds: no NUL, no half of a surrogate pair. @param most UTF-16 units */
export function plainText(most: number): z.ZodString {
  return z
    .string()
    .max(most)
    .refine((text) => !/[\0\p{Surrogate}]/u.test(text), { error: 'text must not hold U+0000 or half of a surrogate pair' });
}
