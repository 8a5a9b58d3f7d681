import { z } from 'zod';

/** A sentence for people, in both languages. */
export const sentence = z.strictObject({ en: z.string(), fr: z.string() }).meta({ id: 'Sentence' });
