import { z } from 'zod';

/** Text that every database and column store holds: no NUL, no half of a surrogate pair. @param most UTF-16 units */
export function plainText(most: number): z.ZodString {
  return (
    z
      .string()
      .max(most)
      // oxlint-disable-next-line no-control-regex -- U+0000 is what it is about
      .regex(/^[^\u0000\ud800-\udfff]*$/u, { error: 'text must not hold U+0000 or half of a surrogate pair' })
  );
}
