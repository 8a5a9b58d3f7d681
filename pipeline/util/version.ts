declare const SLUICE_VERSION: string | undefined;

/** Version of Sluice, put in by the build; from source it is not known. */
export const version: string = typeof SLUICE_VERSION === 'string' ? SLUICE_VERSION : '0.0.0-source';
