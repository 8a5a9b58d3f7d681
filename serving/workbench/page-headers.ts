/**
 * What the workbench is served with. It runs no text as code, loads from its own process only and is framed by nobody. Styles are files:
 * elements are placed through the CSS object model, which the policy leaves alone.
 */
export const PAGE_POLICY: Readonly<Record<string, readonly string[]>> = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  fontSrc: ["'none'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
