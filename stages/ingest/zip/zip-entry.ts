/** One file of a zip archive, as its central directory describes it. */
export interface ZipEntry {
  /** Absolute path of the archive. */
  readonly archive: string;
  /** Path inside the archive, with slashes. */
  readonly name: string;
  /** 0 is stored, 8 is deflate; nothing else is unpacked here. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Bytes as packed and as they were; from the zip64 extra field where they do not fit in 32 bits. */
  readonly packedSize: number;
  readonly size: number;
  readonly crc32: number;
  /** Where the entry's local header starts. */
  readonly offset: number;
}
