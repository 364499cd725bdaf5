/**
 * One request of a connection at a time. No browser sends a request before it has the answer to the last one; what stands behind a request
 * that is not answered yet is not carried out, and the answer is the last of its connection. The same holds behind a refusal.
 */
import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export function oneAtATime(listener: RequestListener): RequestListener {
  /** What is under way on a connection, or was the last of it. */
  const current = new WeakMap<Socket, ServerResponse>();
  const over = new WeakSet<Socket>();
  return (request, response) => {
    const { socket } = request;
    const before = current.get(socket);
    if (before) {
      over.add(socket);
      if (before.writableFinished) socket.destroy();
      else before.once('finish', () => socket.destroySoon());
      return void request.resume();
    }
    current.set(socket, response);
    response.once('finish', () => {
      // Node has ended the connection where this answer was its last.
      if (!socket.writableEnded && !over.has(socket)) current.delete(socket);
    });
    listener(request, response);
  };
}
