/**
 * The page's one Trusted Types policy (security 4.1), made before anything else runs. Scripts and workers come from our own origin;
 * markup may not load, run or embed anything; code from strings is refused.
 */
const REFUSED = /<\s*\/?\s*(script|iframe|object|embed|img|svg|math|link|meta|base|style|form)\b|\bon[a-z]+\s*=|javascript:/i;

type Factory = { readonly createPolicy: (name: string, rules: { readonly createHTML: (html: string) => string; readonly createScriptURL: (url: string) => string }) => unknown };

export const checkMarkup = (html: string): string => {
  if (REFUSED.test(html)) throw new TypeError('this markup could load or run something');
  return html;
};

export const checkScriptUrl = (url: string, base: string): string => {
  const { protocol, host } = new URL(url, base);
  const own = new URL(base);
  if (protocol !== own.protocol || host !== own.host) throw new TypeError('scripts come from our own origin');
  return url;
};

const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
trustedTypes?.createPolicy('default', { createHTML: checkMarkup, createScriptURL: (url) => checkScriptUrl(url, location.href) });
