import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { didYouMean, type FolderInput, folderSource, readYamlAs, SluiceError } from '../../../pipeline/index.ts';
import { attributesOf } from '../../assess/groups/attributes.ts';
import { METRIC_NAMES } from './metric-names.ts';
import { checkSlices } from './prepare-rules.ts';

const PAGE = 'docs/reference/gates.md';

/** The `gate` section of a config. */
export const gateSection = z.strictObject({
  file: z
    .string()
    .default('configs/gates/home-credit.yaml')
    .describe('rules and waivers, a YAML file; docs/reference/gates.md describes it'),
});

const fileOf = (config: Readonly<Record<string, unknown>>): string => gateSection.parse(config['gate'] ?? {}).file;

/** The rules' file as an input, so that an edit of it judges anew. */
export const gateSource = folderSource({
  key: 'gate.file',
  locate: (config) => dirname(fileOf(config)),
  include: (name, config) => name === basename(fileOf(config)),
  check: (files, config) => checkSlices(readGateRules(files[0], fileOf(config)), attributesOf(config)),
});

const ruleSchema = z
  .strictObject({
    rule: z.string().refine((name) => /^[a-z][a-z0-9_]*$/.test(name), { error: 'a name of lower-case letters, digits and underscores' }),
    metric: z.enum(METRIC_NAMES),
    /** The rule is on the difference to the champion on the same rows. */
    against: z.enum(['champion']).optional(),
    /** Judged in one group of an attribute, or in each. */
    slice: z.strictObject({ attribute: z.string(), group: z.string().optional() }).optional(),
    direction: z.enum(['at least', 'at most']),
    limit: z.number(),
    /** Which end of the 95 % interval must keep the limit. */
    bound: z.enum(['value', 'lower', 'upper']).default('value'),
    /** Passes as well where chance alone explains the miss. */
    unlessChance: z.boolean().default(false),
    /** What a number that does not exist counts as, such as the AUC of a slice without defaults. */
    ifUnknown: z.enum(['pass', 'fail']).default('pass'),
    /** A slice with fewer rows is not judged. */
    minRows: z.int().min(1).default(30),
    severity: z.enum(['error', 'warning']).default('error'),
    why: z.string().optional(),
  })
  .superRefine((rule, context) => {
    if (rule.unlessChance && rule.against === undefined && rule.metric !== 'ece') {
      context.addIssue({
        code: 'custom',
        path: ['unlessChance'],
        message: 'chance is known for a difference (against: champion) and for ece only',
      });
    }
    if (rule.metric === 'impact_ratio' && (rule.slice === undefined || rule.slice.group !== undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['metric'],
        message: 'impact_ratio compares the groups of slice.attribute: name the attribute, and no group',
      });
    }
    if (rule.metric === 'fairness_breaches' && (rule.slice !== undefined || rule.against !== undefined || rule.bound !== 'value')) {
      context.addIssue({
        code: 'custom',
        path: ['metric'],
        message: 'fairness_breaches is a count: it takes no slice, no champion and no bound',
      });
    }
  });

/** Whether a text is a day of the calendar, year first. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const waiverSchema = z.strictObject({
  /** The rule that may fail. */
  rule: z.string(),
  author: z.string().refine((text) => text.trim() !== '', { error: 'the name of who answers for it' }),
  reason: z
    .string()
    .refine((text) => text.trim().length >= 10, { error: 'a reason of ten characters or more, for whoever reads the verdict later' }),
  /** The last day on which it holds. */
  expires: z.string().refine(isDay, { error: 'a day, such as 2026-12-31' }),
  /** First digits of the model's sha256; it then holds for that model only. */
  model: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/, 'eight or more hexadecimal digits')
    .optional(),
});

export const gateFile = z
  .strictObject({ version: z.literal(1), rules: z.array(ruleSchema).min(1), waivers: z.array(waiverSchema).default([]) })
  .superRefine(({ rules, waivers }, context) => {
    const names = rules.map(({ rule }) => rule);
    names.forEach((name, at) => {
      if (names.indexOf(name) !== at)
        context.addIssue({ code: 'custom', path: ['rules', at, 'rule'], message: 'another rule has this name' });
    });
    waivers.forEach(({ rule }, at) => {
      if (!names.includes(rule))
        context.addIssue({
          code: 'custom',
          path: ['waivers', at, 'rule'],
          message: `no rule of this file has that name.${didYouMean(rule, names)}`,
        });
    });
  });

export type GateRule = z.output<typeof ruleSchema>;
export type Waiver = z.output<typeof waiverSchema>;
export interface GateFile extends z.output<typeof gateFile> {
  readonly file: string;
}

/** @throws SluiceError SOURCE_MISSING, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE with file, line and the nearest name */
export function readGateFile(input: FolderInput): GateFile {
  return readGateRules(Object.values(input.files)[0], input.folder ?? 'any folder');
}

function readGateRules(file: string | undefined, sought: string): GateFile {
  if (file !== undefined) return { file, ...readYamlAs(file, gateFile, PAGE) };
  throw new SluiceError('SOURCE_MISSING', `the rules of the gate are not in ${sought}`, {
    hint: `Name their file in gate.file; ${PAGE} describes it.`,
  });
}
