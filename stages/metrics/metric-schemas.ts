import { z } from 'zod';

/** Shapes that metrics have in artifacts. A value with its 95 % interval. */
export const intervalSchema = z.strictObject({ value: z.number(), lo: z.number(), hi: z.number() });
export type EstimatedInterval = z.infer<typeof intervalSchema>;

/** Points of a curve, as thinned. */
export const curveSchema = z.strictObject({ x: z.array(z.number()), y: z.array(z.number()) });

/** Mean predicted and observed rate of the rows of each bin. */
export const calibrationBinsSchema = z.array(z.strictObject({ count: z.int(), predicted: z.number(), observed: z.number() }));
