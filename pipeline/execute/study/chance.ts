import { digestOf } from '../../fingerprint/digest.ts';

/** A number of [0, 1) that looks like chance and is a function of the text alone: 48 bits of its sha256. */
export function chanceOf(text: string): number {
  return Number.parseInt(digestOf(text).slice(0, 12), 16) / 2 ** 48;
}
