/** Entry of a host's thread of the bench: `host.ts` but for the process that makes the load. */
import { behavioursWith } from '../main/behaviours/make-behaviour';
import { serveHost } from '../main/runtime/serve-host';
import { DRIVER, LoadDriver } from './load-driver';

await serveHost((guests) => {
  const real = behavioursWith(guests);
  return (options) => (options.name === DRIVER ? new LoadDriver() : real(options));
});
