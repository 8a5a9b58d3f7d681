/** Where bytes are put one after the other. */
export interface Page {
  readonly bytes: (bytes: Uint8Array) => void;
  /** Of characters below 128 alone. */
  readonly ascii: (text: string) => void;
  readonly text: (text: string) => void;
}

const FIRST_BYTES = 2 ** 19;
const UTF8_MOST = 3;
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
  text: (text) => {
    makeRoom(UTF8_MOST * text.length);
    end += scratch.write(text, end);
  },
};

/** The bytes that `write` puts down, at once: it must not wait for anything. */
export function written(write: (page: Page) => void): Buffer {
  end = 0;
  write(page);
  return Buffer.from(scratch.subarray(0, end));
}

function makeRoom(bytes: number): void {
  if (end + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(2 * (end + bytes));
  larger.set(scratch.subarray(0, end));
  scratch = larger;
}
