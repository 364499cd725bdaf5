/** `prismatic serve`: the Studio in a browser, until SIGINT. */
import { realWorld } from '../core/core-world';
import { pageFolder } from '../core/studio/page-files';
import { openStudio } from '../core/studio/studio';
import { productVersion } from '../core/version';
import { serveStudio } from '../server/serve-studio';
import { EXIT, type ExitCode } from './exit-code';
import { printLine, sayError, sayLine } from './output';
import { dataDirOf, fromHere } from './paths';
import { onStopSignals } from './stop-signals';

export type ServeFlags = { readonly port?: number; readonly project?: string; readonly grant?: string; readonly dataDir?: string };

export async function runServe(flags: ServeFlags): Promise<ExitCode> {
  const studio = await openStudio({
    dataDir: dataDirOf(flags.dataDir),
    world: realWorld,
    version: productVersion(),
    shell: { kind: 'browser', ...(flags.grant === undefined ? {} : { grantFile: fromHere(flags.grant) }) },
    ...(flags.project === undefined ? {} : { openAtStart: fromHere(flags.project) }),
  });
  const serving = await serveStudio({ studio, page: pageFolder(), port: flags.port ?? 0 });
  if (!serving.ok) {
    await studio.close();
    sayError(serving.error);
    return EXIT.failed;
  }
  // It is served all the same: examples can be looked at, and the page says the same where something is opened.
  if (studio.trouble) sayError(studio.trouble);
  const { makeLink, close } = serving.value;
  printLine(`listening ${makeLink()}`);
  if (process.stdin.isTTY) offerNewLinks(makeLink);
  await stopped();
  await close();
  await studio.close();
  return EXIT.good;
}

function offerNewLinks(makeLink: () => string): void {
  sayLine('The link opens one page, within a minute. Enter: a new link. Ctrl+C: stop.');
  process.stdin.setEncoding('utf8').on('data', (text) => {
    for (const _ of String(text).matchAll(/\n/g)) printLine(`listening ${makeLink()}`);
  });
}

/** The first signal stops in order, a second one at once. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    onStopSignals(() => {
      if (isAsked) process.exit(EXIT.failed);
      isAsked = true;
      resolve();
    });
  });
}
