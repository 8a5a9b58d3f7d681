import { z } from 'zod';

const nullable = z.number().nullable();
const side = z.strictObject({ rows: z.int(), meanPd: nullable, approvalRate: nullable });

/** Scores and decisions group by group; see segments/segment-drift.ts. */
export const segmentsSchema = z.array(
  z.strictObject({
    attribute: z.string(),
    /** No decision may rest on it: a watch on fairness. */
    isProtected: z.boolean(),
    groups: z.array(
      z.strictObject({
        group: z.string(),
        reference: side,
        current: side,
        /** PSI of the score within the group, and P(so much by chance); null with too few rows on either side. */
        psi: nullable,
        psiP: nullable,
        /** Current less reference approval rate, and how much of that is beyond the shift of all applicants, in its standard errors. */
        approvalShift: nullable,
        beyondAll: nullable,
        z: nullable,
      }),
    ),
  }),
);
export type SegmentResult = z.infer<typeof segmentsSchema>[number];
