/** The one connection of this page. */
import type { MenuCommand } from '../../shared/api/shell';
import { connect } from './client';

const client = connect();

export const api = {
  ...client,
  /** A menu of the window asks for one of the page's commands. */
  onCommand: (listener: (command: MenuCommand) => void): (() => void) => client.subscribe('shell.command', ({ command }) => listener(command)),
  /** The connection is back after it was lost: what was missed must be read anew. */
  onReconnect: (listener: () => void): (() => void) => {
    let wasConnected = false;
    let isLost = false;
    return client.onStatus((status) => {
      if (status.kind === 'connected' && wasConnected && isLost) listener();
      isLost = status.kind !== 'connected';
      wasConnected ||= status.kind === 'connected';
    });
  },
};
