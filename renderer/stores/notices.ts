/** Words that have no place of their own: a refused gesture, a failed request. Each stands until it is read or another comes. */
import { create } from 'zustand';

export type Notice = { readonly kind: 'refused' | 'error' | 'done'; readonly text: string; readonly detail?: string };
export const useNotices = create<{ readonly list: readonly (Notice & { readonly id: number })[] }>(() => ({ list: [] }));

const MOST_NOTICES = 4;
let nextId = 1;

export function notify(notice: Notice): void {
  const id = nextId++;
  useNotices.setState(({ list }) => ({ list: [...list.filter(({ text }) => text !== notice.text), { ...notice, id }].slice(-MOST_NOTICES) }));
}

export const dismissNotice = (id: number): void => useNotices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
