let count = 0;

/** A name beside `path` that no other write of this or another process uses at the same time. */
export function temporaryName(path: string): string {
  count += 1;
  return `${path}.${process.pid}.${count}.tmp`;
}
