/** Names of ours made of names of others. */
import { PORT_NAME, PROTOCOL_NAME, RESERVED_OPERATIONS } from '../../ids';

const LONGEST = 64;

const words = (name: string): readonly string[] => name.normalize('NFKD').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `get_weather` as `getWeather`; a name that is one of ours already stays. */
export function operationName(name: string, taken: ReadonlySet<string>): string {
  const [first = 'operation', ...rest] = words(name);
  const made = PORT_NAME.test(name) ? name : [first.charAt(0).toLowerCase() + first.slice(1), ...rest.map(capital)].join('');
  const valid = (PORT_NAME.test(made) ? made : `call${capital(made)}`).slice(0, LONGEST);
  return freeName(RESERVED_OPERATIONS.has(valid) ? `${valid}Operation` : valid, taken);
}

export function protocolName(name: string): string {
  const made = PROTOCOL_NAME.test(name) ? name : words(name).map(capital).join('');
  return (PROTOCOL_NAME.test(made) ? made : `Protocol${made}`).slice(0, LONGEST);
}

export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
