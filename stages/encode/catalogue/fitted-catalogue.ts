import type { CatalogueEntry } from '../../features/catalogue.ts';
import { FITTED_FAMILIES, type FittedFamily } from '../family-names.ts';
import { bureauScoresCatalogue, neighboursCatalogue, predictedTermCatalogue, previousScoresCatalogue } from './model-made.ts';
import { peerGroupsCatalogue } from './peer-groups.ts';

export const fittedCatalogue: Readonly<Record<FittedFamily, readonly CatalogueEntry[]>> = {
  peer_groups: peerGroupsCatalogue,
  neighbours: neighboursCatalogue,
  previous_scores: previousScoresCatalogue,
  bureau_scores: bureauScoresCatalogue,
  predicted_term: predictedTermCatalogue,
};

/** What every column of these families is, in the order of the columns. */
export function fittedCatalogueOf(families: readonly FittedFamily[]): readonly CatalogueEntry[] {
  return FITTED_FAMILIES.filter((family) => families.includes(family)).flatMap((family) => fittedCatalogue[family]);
}
