/** Names that the server and a page in a browser agree on. */
export const SOCKET_PATH = '/ws';
export const SOCKET_PROTOCOL = 'prismatic.v1';
/** The token is a second subprotocol: not in the address, not in a cookie, not in a log (security 4.2). */
export const TOKEN_PREFIX = 'token.';

/**
 * Requests that may be posted to `/api/<name>` and not only sent over the socket, and how large they may be. They are those that need
 * no events: who opens a project is told of its edits, and only a socket can tell.
 */
export const POSTED: Readonly<Record<string, number>> = {
  'shell.info': 1024 * 1024,
  // A shared file of 50 MB in base64.
  'project.openShared': 70_100_000,
  // What was there and what comes, each at most as large as a file that can be opened.
  'project.edit': 45_000_000,
};
