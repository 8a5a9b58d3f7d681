import { type DuckDb, SluiceError, sqlName } from '../../../../pipeline/index.ts';
import { counted } from '../../../pages/format.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../scan/scan-column.ts';
import { isNumber } from '../is-number.ts';
import type { OpenedPart, OpenedParts } from '../open-part.ts';

/** Whatever stands in the column of outcomes, in either part, is an outcome: other codes would be left out as unknown, or taken for defaults. @throws SluiceError DATA_BAD_VALUE */
export async function requireOutcomes(db: DuckDb, { reference, current }: OpenedParts, target: string): Promise<void> {
  if (reference.form === 'rows') await requireZeroOrOne(db, REFERENCE_ROWS, { part: reference, target });
  await requireZeroOrOne(db, CURRENT_ROWS, { part: current, target });
}

async function requireZeroOrOne(
  db: DuckDb,
  view: string,
  { part, target }: { readonly part: OpenedPart; readonly target: string },
): Promise<void> {
  if (!isNumber(part.columns[target] ?? '')) return;
  const y = `${sqlName(target)}::double`;
  const [odd] = await db.all<{ value: string; rows: number }>(
    `select ${sqlName(target)}::varchar as value, count(*)::double as rows from ${sqlName(view)}
     where ${y} not in (0, 1) and not isnan(${y}) group by value order by rows desc, value limit 1`,
  );
  if (odd === undefined) return;
  throw new SluiceError(
    'DATA_BAD_VALUE',
    `column "${target}" of ${part.name} holds ${odd.value} in ${counted(odd.rows, 'row')}, which is no outcome`,
    {
      hint: 'Outcomes are 1 for default, 0 for repaid, and nothing where they are not known: name another column with --target, or code them so.',
    },
  );
}
