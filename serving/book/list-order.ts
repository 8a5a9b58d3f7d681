export const LIST_ORDERS = ['id', '-id', 'probability', '-probability', 'credit', '-credit'] as const;
/** What the list of applicants is sorted by; descending with a minus. */
export type ListOrder = (typeof LIST_ORDERS)[number];
