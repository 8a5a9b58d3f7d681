import { existsSync } from 'node:fs';
import { ROLES, type Role } from '../../roles.ts';
import { addKey } from '../keys/key-file.ts';

/** Keys of the first start, one a role, each named for it; null where there is a file already, whose keys nobody can say. */
export async function firstKeys(file: string): Promise<Readonly<Record<Role, string>> | null> {
  if (existsSync(file)) return null;
  const made: Record<Role, string> = { officer: '', reviewer: '', admin: '' };
  for (const role of ROLES) made[role] = await addKey(file, { name: role, role });
  return made;
}
