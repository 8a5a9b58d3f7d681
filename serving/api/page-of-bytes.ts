import { takeBlock } from './byte-blocks.ts';
import { billionthsOf, DECIMAL_MOST, writeDecimal } from './write-decimal.ts';

/** Where bytes are put one after the other. */
export interface Page {
  readonly bytes: (bytes: Uint8Array) => void;
  /** Of characters below 128 alone. */
  readonly ascii: (text: string) => void;
  /** As JSON has it: what is no number is null. */
  readonly number: (value: number | null) => void;
  readonly text: (text: string) => void;
}

const FIRST_BYTES = 2 ** 19;
const UTF8_MOST = 3;
const NULL = Buffer.from('null');
/** One for all: what is written is copied out before anybody else writes, so that no answer keeps more memory than it has bytes. */
let scratch = Buffer.allocUnsafeSlow(FIRST_BYTES);
let end = 0;

const page: Page = {
  bytes: (bytes) => {
    makeRoom(bytes.length);
    scratch.set(bytes, end);
    end += bytes.length;
  },
  ascii: (text) => {
    makeRoom(text.length);
    end += scratch.write(text, end, 'latin1');
  },
  number: (value) => {
    const billionths = value === null ? Number.NaN : billionthsOf(value);
    if (Number.isNaN(billionths)) {
      if (value === null || !Number.isFinite(value)) page.bytes(NULL);
      else page.ascii(String(value));
    } else {
      makeRoom(DECIMAL_MOST);
      end = writeDecimal(scratch, end, billionths);
    }
  },
  text: (text) => {
    makeRoom(UTF8_MOST * text.length);
    end += scratch.write(text, end);
  },
};

/** The bytes that `write` puts down, at once: it must not wait for anything. Who has sent them gives them back with `giveBackBlock`. */
export function written(write: (page: Page) => void): Buffer {
  end = 0;
  write(page);
  const block = takeBlock(end);
  scratch.copy(block, 0, 0, end);
  return block.subarray(0, end);
}

function makeRoom(bytes: number): void {
  if (end + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(2 * (end + bytes));
  larger.set(scratch.subarray(0, end));
  scratch = larger;
}
