/** A sluice seen from above: two banks and the gate between them. */
export function BrandMark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1d3d63" />
      <path d="M6 11h20M6 21h20" stroke="#7fb8dd" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M16 5v22" stroke="#fff" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
