const MEMORY = { MB: 1e6 / 2 ** 20, MiB: 1, GB: 1e9 / 2 ** 20, GiB: 1024 } as const;
const DURATION = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** '4GiB' to mebibytes. @throws TypeError for anything but a number with MB, MiB, GB or GiB */
export function parseMemoryMb(text: string): number {
  return parse(text, MEMORY, 'an amount of memory, such as 512MiB or 4GiB');
}

/** '30m' to milliseconds. @throws TypeError for anything but a number with ms, s, m or h */
export function parseDurationMs(text: string): number {
  return parse(text, DURATION, 'a duration, such as 90s or 30m');
}

function parse(text: string, units: Readonly<Record<string, number>>, what: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim());
  const factor = match === null ? undefined : units[match[2] ?? ''];
  if (match === null || factor === undefined) throw new TypeError(`"${text}" is not ${what}`);
  return Number(match[1]) * factor;
}
