import { didYouMean, SluiceError, sqlName } from '../../../pipeline/index.ts';
import { storageClass } from '../maths/column-kind.ts';

export interface SegmentSource {
  readonly attribute: string;
  /** SQL that gives a row's group as text; may ask the macro age_band. */
  readonly expression: string;
}

/** Attributes that no decision may rest on: their groups are a watch on fairness. */
export const PROTECTED: ReadonlySet<string> = new Set(['sex', 'age']);
const OWN = 'group_';

/**
 * By what applicants are grouped: columns that a policy names, `group_…` columns, and of Home Credit's tables sex, age, kind of loan and rating of the region,
 * as far as a part has them.
 * @param columns name to DuckDB type
 * @throws SluiceError USAGE for a named column that is not there
 */
export function segmentSources(columns: Readonly<Record<string, string>>, named: readonly string[] = []): readonly SegmentSource[] {
  const absent = named.find((name) => columns[name] === undefined);
  if (absent !== undefined)
    throw new SluiceError(
      'USAGE',
      `the policy groups by column "${absent}", which the reference lacks.${didYouMean(absent, Object.keys(columns))}`,
      {
        hint: 'Name columns of the reference under segments.',
      },
    );
  const of = (name: string): string => storageClass(columns[name] ?? '');
  const text = (name: string): string => `${sqlName(name)}::varchar`;
  const known: readonly SegmentSource[] = [
    ...(of('CODE_GENDER') === 'string' ? [{ attribute: 'sex', expression: text('CODE_GENDER') }] : []),
    ...(of('DAYS_BIRTH') === 'integer' ? [{ attribute: 'age', expression: 'age_band(DAYS_BIRTH)' }] : []),
    ...(of('NAME_CONTRACT_TYPE') === 'string' ? [{ attribute: 'loan', expression: text('NAME_CONTRACT_TYPE') }] : []),
    ...(of('REGION_RATING_CLIENT') === 'integer' ? [{ attribute: 'region rating', expression: text('REGION_RATING_CLIENT') }] : []),
  ];
  const own = Object.keys(columns)
    .filter((name) => name.startsWith(OWN))
    .map((name) => ({ attribute: name.slice(OWN.length), expression: text(name) }));
  const asked = named.map((name) => ({ attribute: name, expression: text(name) }));
  return [...own, ...(own.length === 0 ? known : []), ...asked];
}
