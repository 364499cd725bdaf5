/**
 * Threads, processes and copies need real files: what an installed app keeps in its archive and starts from there lies unpacked
 * beside the archive. In a checkout the path stays as it is.
 */
export const unpackedPath = (path: string): string => path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
