/** Groups of Home Credit's clients that evaluate judges. */
export const EVALUATED_ATTRIBUTES = ['sex', 'age', 'loan'] as const;
