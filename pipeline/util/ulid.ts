import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 10 characters of milliseconds, 16 of chance; sorts by time (github.com/ulid/spec). */
export function ulid(now: number = Date.now()): string {
  let time = '';
  for (let rest = now, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) time = `${ALPHABET[rest % 32] ?? ''}${time}`;
  return time + Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]).join('');
}

export function isUlid(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text);
}

/** The milliseconds since the epoch that a ULID begins with. */
export function ulidTime(id: string): number {
  return Array.from(id.slice(0, 10), (letter) => ALPHABET.indexOf(letter)).reduce((time, digit) => time * 32 + digit, 0);
}
