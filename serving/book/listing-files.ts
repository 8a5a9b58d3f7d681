/** Files of an index folder that the list of applicants is made of, one value each in the order of ids. */
export const LISTING_FILES = {
  record: 'listing.json',
  /** Float64: calibrated probability of default, AMT_CREDIT, AMT_ANNUITY; NaN where unknown. */
  probability: 'listing.probability.f64',
  credit: 'listing.credit.f64',
  annuity: 'listing.annuity.f64',
  /** UInt8: place of NAME_CONTRACT_TYPE among the record's. */
  contract: 'listing.contract.u8',
  /** Int32: places among ids, ascending by value and then by id; who is unknown comes first. */
  byProbability: 'listing.by-probability.i32',
  byCredit: 'listing.by-credit.i32',
} as const;
