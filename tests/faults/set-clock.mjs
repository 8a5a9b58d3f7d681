/** Preloaded with NODE_OPTIONS=--import: the process's clock is wrong by CLOCK_SHIFT_MS. */
import process from 'node:process';

const shift = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + shift] : args));
  }

  static now() {
    return RealDate.now() + shift;
  }
};
