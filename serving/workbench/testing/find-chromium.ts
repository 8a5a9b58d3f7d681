import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine: $CHROMIUM, or the first of the usual names on the PATH; null where there is none. */
export function findChromium(): string | null {
  const { CHROMIUM, PATH = '' } = process.env;
  const places = CHROMIUM === undefined ? PATH.split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name))) : [CHROMIUM];
  return places.find((place) => isExecutable(place)) ?? null;
}

function isExecutable(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
