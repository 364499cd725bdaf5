const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `10s`, `2m`, `1h` in milliseconds; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const unit = found ? UNITS_MS[found[2]!] : undefined;
  return found && unit !== undefined ? Number(found[1]) * unit : undefined;
}
