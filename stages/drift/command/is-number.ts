import { storageClass } from '../maths/column-kind.ts';

/** Whether a DuckDB type is one that scores and labels may have. */
export function isNumber(type: string): boolean {
  const storage = storageClass(type);
  return storage === 'integer' || storage === 'float';
}
