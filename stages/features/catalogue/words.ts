/** A phrase in both languages; the word in the formula is the key it stands under. */
export interface Phrase {
  readonly en: string;
  readonly fr: string;
}

/** Statistics that feature names end in. */
export const STATISTICS = {
  min: { en: 'smallest', fr: 'minimum' },
  max: { en: 'largest', fr: 'maximum' },
  mean: { en: 'mean', fr: 'moyenne' },
  sum: { en: 'total', fr: 'total' },
  variance: { en: 'variance', fr: 'variance' },
  count: { en: 'count', fr: 'nombre' },
  share: { en: 'share', fr: 'part' },
  value: { en: 'value', fr: 'valeur' },
} as const satisfies Record<string, Phrase>;

/** Rows of a table that a feature looks at; without one, all of them. */
export const SUBSETS = {
  active: { en: 'active credits', fr: 'crédits en cours' },
  closed: { en: 'closed credits', fr: 'crédits clos' },
  cards: { en: 'credit cards', fr: 'cartes de crédit' },
  approved: { en: 'approved applications', fr: 'demandes acceptées' },
  refused: { en: 'refused applications', fr: 'demandes refusées' },
  running: { en: 'loans still running', fr: 'prêts en cours' },
  latest: { en: 'most recent one', fr: 'plus récent' },
  latest2: { en: 'two latest months', fr: 'deux derniers mois' },
  latest3: { en: 'three most recent ones', fr: 'trois plus récents' },
  days180: { en: 'last 180 days', fr: '180 derniers jours' },
  days365: { en: 'last 365 days', fr: '365 derniers jours' },
  days730: { en: 'last 730 days', fr: '730 derniers jours' },
  months12: { en: 'last 12 months', fr: '12 derniers mois' },
  months24: { en: 'last 24 months', fr: '24 derniers mois' },
} as const satisfies Record<string, Phrase>;

export type Statistic = keyof typeof STATISTICS;
export type Subset = keyof typeof SUBSETS;
