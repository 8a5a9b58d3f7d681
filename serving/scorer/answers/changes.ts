import { didYouMean, SluiceError } from '../../../pipeline/index.ts';
import type { PlausibleRanges } from '../../../stages/explanations/counterfactual/plausible-ranges.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { RawRow, RawRows } from '../../../stages/features/raw-columns.ts';
import { tableColumns } from '../../../stages/tables/table-columns.ts';
import { applicationOf } from '../raw-rows.ts';
import type { ServedModel } from '../served-model.ts';
import { CHANGEABLE_FIELDS, type ChangeableField, type Changes, type FieldRange, type WhatIfAnswer } from '../what-if-answer.ts';

const LABELS: Readonly<Record<ChangeableField, Sentence>> = {
  AMT_CREDIT: { en: 'Amount of the loan', fr: 'Montant du prêt' },
  AMT_ANNUITY: { en: 'Instalment', fr: 'Mensualité' },
  AMT_GOODS_PRICE: { en: 'Price of what the loan pays for', fr: 'Prix du bien financé' },
};

/** The raw rows with another loan. @throws SluiceError DATA_BAD_VALUE for a field that cannot be changed so (`data.field`) */
export function changedRows(rows: RawRows, changes: Changes, features: readonly string[]): RawRows {
  for (const [field, value] of Object.entries(changes)) requireChange(field, value, features);
  const change = (row: RawRow): RawRow => ({ ...row, ...changes });
  return {
    ...rows,
    ...(rows.application_train !== undefined && { application_train: rows.application_train.map(change) }),
    ...(rows.application_test !== undefined && { application_test: rows.application_test.map(change) }),
  };
}

function requireChange(field: string, value: unknown, features: readonly string[]): void {
  const changeable: readonly string[] = CHANGEABLE_FIELDS;
  const refuse = (why: string, hint: string): never => {
    throw new SluiceError('DATA_BAD_VALUE', why, { hint, data: { field: `changes.${field}`, value } });
  };
  const only = `What can be asked for otherwise: ${CHANGEABLE_FIELDS.join(', ')}.`;
  if (!changeable.includes(field)) {
    if (Object.hasOwn(tableColumns('application_train'), field))
      refuse(`${field} is not the applicant's to change here: it is immutable`, only);
    if (features.includes(field)) refuse(`${field} is derived from the raw rows and never set by itself`, only);
    refuse(`there is no field "${field}".${didYouMean(field, CHANGEABLE_FIELDS)}`, only);
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    refuse(`${field} is to become ${JSON.stringify(value)}: an amount above 0 is expected`, 'Hand in a number.');
}

/** Sliders: what was asked for, and what is usual for the kind of contract. @param ranges of all kinds */
export function fieldRanges(rows: RawRows, ranges: readonly PlausibleRanges[]): readonly FieldRange[] {
  const application = applicationOf(rows);
  const usual = rangesOf(application, ranges);
  const bounds = { AMT_CREDIT: usual.credit, AMT_ANNUITY: usual.annuity, AMT_GOODS_PRICE: priceRange(usual) };
  return CHANGEABLE_FIELDS.map((field) => {
    const current = amountOf(application, field);
    const { lo, hi } = bounds[field];
    return {
      field,
      current,
      low: current === null ? lo : Math.min(lo, current),
      high: current === null ? hi : Math.max(hi, current),
      label: LABELS[field],
    };
  });
}

/** The ranges of an application's contract; without any, what was asked is all that is known to be usual. */
export function rangesOf(application: RawRow, ranges: readonly PlausibleRanges[]): PlausibleRanges {
  const contract = String(application['NAME_CONTRACT_TYPE'] ?? '');
  const own = (field: ChangeableField): { lo: number; hi: number } => {
    const amount = amountOf(application, field) ?? 0;
    return { lo: amount, hi: amount };
  };
  const ratio = (over: ChangeableField): { lo: number; hi: number } => {
    const [credit, other] = [amountOf(application, 'AMT_CREDIT') ?? 0, amountOf(application, over) ?? 0];
    return other === 0 ? { lo: 0, hi: 0 } : { lo: credit / other, hi: credit / other };
  };
  return (
    ranges.find((range) => range.contract === contract) ?? {
      contract,
      applications: 0,
      credit: own('AMT_CREDIT'),
      annuity: own('AMT_ANNUITY'),
      term: ratio('AMT_ANNUITY'),
      creditToGoods: ratio('AMT_GOODS_PRICE'),
    }
  );
}

/** Prices that go with what is usually lent, at the usual share of the price. */
function priceRange({ credit, creditToGoods }: PlausibleRanges): { lo: number; hi: number } {
  const over = (amount: number, part: number): number => (part > 0 ? Math.round(amount / part) : amount);
  return { lo: over(credit.lo, creditToGoods.hi), hi: over(credit.hi, Math.max(1, creditToGoods.lo)) };
}

export function amountOf(application: RawRow, field: ChangeableField): number | null {
  const value = application[field];
  return typeof value === 'number' ? value : null;
}

/** Features that differ between two rows, in the model's order. */
export function movedFeatures({ entries }: ServedModel, before: Float32Array, after: Float32Array): WhatIfAnswer['moved'] {
  const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);
  return entries.flatMap(({ name, en, fr }, column) =>
    Object.is(before[column], after[column])
      ? []
      : [{ feature: name, from: known(before[column]), to: known(after[column]), description: { en, fr } }],
  );
}
