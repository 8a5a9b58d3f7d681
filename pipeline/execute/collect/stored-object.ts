export type ObjectKind = 'record' | 'blob' | 'tree' | 'columns' | 'run' | 'failed' | 'quarantine' | 'leftover';

/** One thing in the artifacts folder that a collection decides on. */
export interface StoredObject {
  readonly kind: ObjectKind;
  readonly path: string;
  /** For people: STAGE fingerprint, digest, run id, file name. */
  readonly name: string;
  /** Space on disk, in bytes; hard links to blobs cost none. */
  readonly bytes: number;
  /** When it was last written, in ms. */
  readonly modifiedAt: number;
}

/** An object with its sentence. */
export interface JudgedObject extends StoredObject {
  readonly lives: boolean;
  readonly reason: string;
}
