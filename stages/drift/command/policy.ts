import { z } from 'zod';
import { didYouMean, readYamlAs } from '../../../pipeline/index.ts';
import { waiverSchema } from '../../gate/rules/rule-file.ts';
import { RULES } from '../judge/finding.ts';
import { driftLimits, driftMoney } from '../limits.ts';

const PAGE = 'docs/reference/drift.md';

/** The policy file of `sluice drift`. Every key has a default, so that no file is the same as an empty one. */
export const driftPolicy = z
  .strictObject({
    version: z.literal(1).default(1),
    minRows: z.int().min(1).default(500).describe('fewer rows than this in either part: insufficient'),
    driftShare: z.number().gt(0).lte(1).default(0.5).describe('share of drifted columns from which to act'),
    /** Calibrated probability from which an application is refused, for the approval rate of --score. */
    threshold: z.number().gt(0).lt(1).optional(),
    limits: driftLimits.prefault({}),
    /** With --score; a model brings its own. */
    costs: z
      .strictObject({ falseNegative: z.number().gt(0).default(10), falsePositive: z.number().gt(0).default(1) })
      .prefault({})
      .describe('what a default granted and a payer refused cost, in any one unit'),
    money: driftMoney.optional(),
    segments: z
      .array(z.string().min(1))
      .default([])
      .describe('columns that group the applicants, besides sex, age, kind of loan and region of Home Credit’s tables'),
    confirm: z
      .strictObject({
        act: z.int().min(1).default(1).describe('act only after it was signalled by so many'),
        of: z.int().min(1).default(1).describe('of so many last batches, this one among them'),
        coolDown: z.int().min(0).default(0).describe('batches after an act on which it is not repeated'),
      })
      .refine(({ act, of }) => act <= of, { error: 'act may not be more than of, which is 1 where it is not given' })
      .prefault({}),
    /** As in a gate file; `rule` is a rule of drift, or one of its columns as missing[EXT_SOURCE_1]. */
    waivers: z.array(waiverSchema).default([]),
  })
  .superRefine(({ waivers }, context) => {
    waivers.forEach(({ rule }, at) => {
      const [name = ''] = rule.split('[');
      if (!RULES.some((known) => known === name))
        context.addIssue({
          code: 'custom',
          path: ['waivers', at, 'rule'],
          message: `there is no such rule: ${PAGE} lists them.${didYouMean(name, RULES)}`,
        });
    });
  });
export type DriftPolicy = z.output<typeof driftPolicy>;

/** @throws SluiceError CONFIG_NOT_FOUND, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE with file and line */
export function readPolicy(file: string | undefined): DriftPolicy {
  return file === undefined ? driftPolicy.parse({}) : readYamlAs(file, driftPolicy, PAGE);
}
