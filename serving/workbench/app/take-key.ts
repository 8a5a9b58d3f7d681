/**
 * The link that `sluice serve` prints ends in `#key=…`: a fragment, which no server and no log sees. Hands the key to the page for
 * signing in, which takes it out of the address.
 */
export function takeKey(): void {
  const key = /^#key=([\w-]+)$/.exec(location.hash)?.[1];
  if (key !== undefined) history.replaceState(null, '', `#/sign-in/${key}`);
}
