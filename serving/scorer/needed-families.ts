import { SluiceError } from '../../pipeline/index.ts';
import { fittedCatalogue } from '../../stages/encode/catalogue/fitted-catalogue.ts';
import { coreCatalogue, familyCatalogue } from '../../stages/features/catalogue/all-features.ts';
import { CHOSEN_FAMILIES, FAMILY_NAMES, type FamilyName } from '../../stages/features/family-names.ts';

/** The families of features that a model reads: no others need be made for it. */
export function neededFamilies(features: readonly string[]): readonly FamilyName[] {
  const wanted = new Set(features);
  return [...FAMILY_NAMES, ...CHOSEN_FAMILIES].filter((family) => familyCatalogue[family].some(({ name }) => wanted.has(name)));
}

/**
 * A model's features must be ones that this program makes of raw rows: the signature that serving goes by.
 * @throws SluiceError ARTIFACT_SCHEMA naming those that are not
 */
export function requireKnownFeatures(features: readonly string[], folder: string): void {
  const made = new Set(
    [coreCatalogue, ...Object.values(familyCatalogue), ...Object.values(fittedCatalogue)].flatMap((entries) =>
      entries.map(({ name }) => name),
    ),
  );
  requireMade(features, made, folder);
}

/** @param made what is there. @throws SluiceError ARTIFACT_SCHEMA */
export function requireMade(features: readonly string[], made: ReadonlySet<string>, folder: string): void {
  const missing = features.filter((name) => !made.has(name));
  if (missing.length === 0) return;
  throw new SluiceError(
    'ARTIFACT_SCHEMA',
    `the model in ${folder} reads ${missing.length} feature${missing.length === 1 ? '' : 's'} that this program does not make: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`,
    {
      hint: 'Serve it with the version of the program that trained it, or give the alias champion to a model of this one.',
      data: { missing },
    },
  );
}
