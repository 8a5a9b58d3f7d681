/** The tag by which an object of ours is found again after an answer was lost. */
export const TOKEN_TAG = 'sluice.token';
