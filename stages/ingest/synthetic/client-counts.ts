/** Kaggle's rows of application_train and application_test. */
const LABELLED = 307_511;
const UNLABELLED = 48_744;

/** How many applicants a scale stands for; never fewer than a handful, so that every table has rows. */
export function clientCounts(scale: number): { readonly labelled: number; readonly unlabelled: number } {
  return { labelled: Math.max(20, Math.round(LABELLED * scale)), unlabelled: Math.max(4, Math.round(UNLABELLED * scale)) };
}
