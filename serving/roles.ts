/** What a key may do: an officer scores and decides, a reviewer looks at everything, an admin may do all. */
export const ROLES = ['officer', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];
