import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { didYouMean, type FolderInput, folderSource, readYamlAs, SluiceError } from '../../../pipeline/index.ts';

const PAGE = 'docs/reference/fairness.md';

/** The `jurisdiction` section of a config. */
export const jurisdictionSection = z.strictObject({
  file: z
    .string()
    .default('configs/jurisdictions.yaml')
    .describe('profiles of fairness law, a YAML file; docs/reference/fairness.md describes it'),
  profile: z.string().default('eu').describe('which of its profiles is applied'),
});

const sectionOf = (config: Readonly<Record<string, unknown>>): z.infer<typeof jurisdictionSection> =>
  jurisdictionSection.parse(config['jurisdiction'] ?? {});

/** The profiles' file as an input, so that an edit of it judges anew. */
export const jurisdictionSource = folderSource({
  key: 'jurisdiction.file',
  locate: (config) => dirname(sectionOf(config).file),
  include: (name, config) => name === basename(sectionOf(config).file),
  check: (files, config) => readProfile(files[0], sectionOf(config).file, sectionOf(config).profile),
});

const profileSchema = z.strictObject({
  about: z.string(),
  /** What the profile rests on. */
  sources: z.array(z.string()),
  /** Whose approvals are compared. */
  attributes: z.array(z.string()),
  /** Least ratio of lowest to highest approval rate; null for none. */
  minImpactRatio: z.number().gt(0).lte(1).nullable(),
  /** Whether a ratio that is surely below the limit rejects the model, or only warns. */
  binding: z.boolean(),
  /** Whether law allows thresholds that differ by group. */
  groupThresholds: z.enum(['unlawful', 'unsettled']),
  /** Groups with fewer rows are not compared. */
  minRows: z.int().min(2).default(30),
});

export const jurisdictionFile = z.strictObject({
  version: z.literal(1),
  profiles: z.record(z.string(), profileSchema),
});

export interface Jurisdiction {
  readonly profile: string;
  readonly rules: z.output<typeof profileSchema>;
}

/** @throws SluiceError SOURCE_MISSING, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE naming the place or the nearest profile */
export function readJurisdiction(input: FolderInput, profile: string): Jurisdiction {
  return readProfile(Object.values(input.files)[0], input.folder ?? 'any folder', profile);
}

function readProfile(file: string | undefined, sought: string, profile: string): Jurisdiction {
  if (file === undefined) {
    throw new SluiceError('SOURCE_MISSING', `the jurisdiction profiles are not in ${sought}`, {
      hint: `Name their file in jurisdiction.file; ${PAGE} describes it.`,
    });
  }
  const { profiles } = readYamlAs(file, jurisdictionFile, PAGE);
  const rules = profiles[profile];
  if (rules !== undefined) return { profile, rules };
  const known = Object.keys(profiles);
  throw new SluiceError('CONFIG_VALUE', `jurisdiction.profile is "${profile}", which is no profile.${didYouMean(profile, known)}`, {
    at: { file },
    hint: `Profiles: ${known.join(', ')}.`,
  });
}
