import type { PrepareProgress } from './prepare-order.ts';

/** How far the book and the index are, such as "features, 3 of 43". */
export function progressText({ what, done, total }: PrepareProgress): string {
  const words = {
    opening: 'what is there',
    book: 'raw rows by applicant',
    features: 'features',
    population: 'the population to compare with',
  }[what];
  return total > 1 ? `${words}, ${done} of ${total}` : words;
}
