/** What `sluice status` says of each stage. An effect that only has to confirm its work counts as fresh. */
export interface StatusReport {
  readonly fresh: boolean;
  readonly stages: readonly { readonly stage: string; readonly state: 'fresh' | 'stale'; readonly reason: string }[];
}
