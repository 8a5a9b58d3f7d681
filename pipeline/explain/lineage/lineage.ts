/** What an artifact is made of: works and what each took, down to the data that came from outside. */
export interface Lineage {
  readonly subjects: readonly LineageSubject[];
  /** Every work that had a part in it, those of the subjects first. */
  readonly works: readonly LineageWork[];
}

export interface LineageSubject {
  /** STAGE.PORT. */
  readonly name: string;
  readonly digest: string;
  /** Fingerprint of the work that made it. */
  readonly work: string;
}

export interface LineageWork {
  readonly stage: string;
  readonly fingerprint: string;
  readonly run: string;
  readonly finishedAt: string;
  /** sha256 of the code that ran, and of each source that it was bundled of. */
  readonly code: string;
  readonly sources: Readonly<Record<string, string>>;
  /** Values of the config keys that it read. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly packages: Readonly<Record<string, string>>;
  readonly native: Readonly<Record<string, string>>;
  readonly runtime: string;
  readonly inputs: readonly LineageInput[];
}

export interface LineageInput {
  readonly input: string;
  /** STAGE.PORT; null for files from outside, or where the work that made it is no longer on record. */
  readonly from: string | null;
  /** Null for an input that was not there. */
  readonly digest: string | null;
  /** Fingerprint of the work that made it. */
  readonly work: string | null;
  /** Files from outside, by name, with their digests; null for what another stage made. */
  readonly files: Readonly<Record<string, string>> | null;
}
