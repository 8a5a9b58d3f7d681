/** Groups of features that can be left out. The core, about 250 columns, is always made: other stages and the families rest on it. */
export const FAMILY_NAMES = [
  'application_detail',
  'bureau_kinds',
  'bureau_windows',
  'balance_windows',
  'previous_outcomes',
  'previous_windows',
  'previous_latest',
  'previous_shares',
  'interest',
  'pos_windows',
  'installment_windows',
  'installment_trends',
  'card_windows',
  'history_ratios',
] as const;

/** Made only where they are asked for: `params.features.categories`. */
export const CHOSEN_FAMILIES = ['application_categories'] as const;

export type FamilyName = (typeof FAMILY_NAMES)[number] | (typeof CHOSEN_FAMILIES)[number];
