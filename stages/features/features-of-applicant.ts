import { ApplicantFeatures, type FeatureRow } from './applicant-features.ts';
import type { BuildOptions } from './build-features.ts';
import type { RawRows } from './raw-columns.ts';

export type { FeatureRow } from './applicant-features.ts';
export { makeRawTables } from './make-raw-tables.ts';
export type { RawRow, RawRows } from './raw-columns.ts';

/**
 * Features of the applicants in the rows, by SK_ID_CURR, bit for bit as the batch makes them. Put the one who applies in `application_test`.
 * Plans all SQL for one answer, about half a second: keep an `ApplicantFeatures` open for many.
 */
export async function featuresOfApplicant(
  rows: RawRows,
  tempDir: string,
  { families }: Pick<BuildOptions, 'families'> = {},
): Promise<readonly FeatureRow[]> {
  using applicants = await ApplicantFeatures.open({ tempDir, ...(families === undefined ? {} : { families }) });
  return await applicants.features(rows);
}
