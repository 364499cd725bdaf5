/**
 * Who may speak to the server at all (security 4.2): rules that come before anything is parsed, for requests and for upgrades. A page of
 * another site reaches 127.0.0.1 too, so the address alone says nothing.
 */
export type Addresses = { readonly hosts: ReadonlySet<string>; readonly origins: ReadonlySet<string> };

export function addressesOf(port: number): Addresses {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}

export type Asked = { readonly rawHeaders: readonly string[]; readonly headers: { readonly host?: string | undefined; readonly origin?: string | undefined; readonly 'sec-fetch-site'?: string | string[] | undefined } };

/** Why it is refused, or nothing. */
export function findRefusal({ rawHeaders, headers }: Asked, { hosts, origins }: Addresses): string | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const count = (name: string): number => names.filter((one) => one === name).length;
  // A name of the attacker's that now means 127.0.0.1 (DNS rebinding) still says its own name here.
  if (count('host') !== 1 || headers.host === undefined || !hosts.has(headers.host)) return 'bad host';
  if (count('origin') > 1 || (headers.origin !== undefined && !origins.has(headers.origin))) return 'bad origin';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'cross site';
  return undefined;
}
