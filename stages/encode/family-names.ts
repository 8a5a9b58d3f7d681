/** Groups of columns fitted on the book; each can be left out by `params.encode.without`. */
export const FITTED_FAMILIES = ['peer_groups', 'neighbours', 'previous_scores', 'bureau_scores', 'predicted_term'] as const;

export type FittedFamily = (typeof FITTED_FAMILIES)[number];
