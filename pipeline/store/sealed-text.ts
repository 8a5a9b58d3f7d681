import { digestOf } from '../fingerprint/digest.ts';

const SEAL = /,\n "seal": "([0-9a-f]{64})"\n\}$/;

/** A record as it is written: JSON, whose last member is the sha256 of the text without it. */
export function sealedText(record: object): string {
  const text = JSON.stringify(record, null, 1);
  return `${text.slice(0, -2)},\n "seal": "${digestOf(text)}"\n}`;
}

/**
 * What was sealed; not yet known to be a record of this or that kind. Records of before there were seals have none.
 * @throws Error for what is not as it was written
 */
export function unsealed(text: string, what: string): unknown {
  const found = SEAL.exec(text);
  const body = found === null ? text : `${text.slice(0, found.index)}\n}`;
  if (found !== null && digestOf(body) !== found[1]) throw new Error(`${what} is not as it was written`);
  return JSON.parse(body);
}
