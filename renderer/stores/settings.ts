import { create } from 'zustand';
import { readKept, writeKept } from './kept';

/** `system` follows the system's own setting as it changes. */
export type Theme = 'system' | 'light' | 'dark';
export type Settings = { readonly theme: Theme; readonly isLarger: boolean; readonly hasSpectrum: boolean };

export const useSettings = create<Settings>(() => ({ theme: 'system', isLarger: false, hasSpectrum: true, ...readKept<Settings>('settings') }));
useSettings.subscribe((settings) => writeKept('settings', settings));

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Puts the settings on the page and keeps them there; called once. */
export function applySettings(): void {
  const apply = (): void => {
    const { theme, isLarger } = useSettings.getState();
    const isDark = theme === 'dark' || (theme === 'system' && prefersDark.matches);
    document.documentElement.classList.toggle('dark', isDark);
    document.documentElement.classList.toggle('larger', isLarger);
  };
  useSettings.subscribe(apply);
  prefersDark.addEventListener('change', apply);
  apply();
}
