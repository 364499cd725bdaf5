import { Contrast, GitFork, Info, Keyboard, Maximize, Network, PanelBottom, PanelLeft, PanelRight, Scale, Settings, Sparkles, Workflow, Wrench } from 'lucide-react';
import { api } from '../api/studio';
import { openDialog } from '../stores/dialogs';
import { useDocument } from '../stores/document';
import { notify } from '../stores/notices';
import { useSettings } from '../stores/settings';
import { fitAll, showBottom, showView, toggleBottom, toggleInspector, toggleLeft } from '../stores/viewport';
import type { Command } from './command';

const THEMES = ['system', 'light', 'dark'] as const;
const nextTheme = (): void => useSettings.setState(({ theme }) => ({ theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]! }));

async function openLogs(): Promise<void> {
  const opened = await api.request('shell.openLogs', {});
  notify(opened.ok ? { kind: 'done', text: `Logs are in ${opened.value.shownPath}` } : { kind: 'error', text: opened.error.message, detail: opened.error.fix });
}

export function listViewCommands(): readonly Command[] {
  const always: readonly Command[] = [
    { id: 'view.theme', label: `Theme: ${useSettings.getState().theme}, switch`, icon: Contrast, run: nextTheme },
    { id: 'view.larger', label: useSettings.getState().isLarger ? 'Show everything at 100 %' : 'Show everything larger', icon: Scale, run: () => useSettings.setState(({ isLarger }) => ({ isLarger: !isLarger })) },
    { id: 'view.providers', label: 'Providers of models', icon: Sparkles, run: () => openDialog({ kind: 'providers' }) },
    { id: 'view.tools', label: 'Tools: MCP servers', icon: Wrench, run: () => openDialog({ kind: 'tools' }) },
    { id: 'view.settings', label: 'Settings', icon: Settings, keys: 'Mod+,', run: () => openDialog({ kind: 'settings' }) },
    { id: 'help.shortcuts', label: 'Keyboard shortcuts', icon: Keyboard, run: () => openDialog({ kind: 'shortcuts' }) },
    { id: 'help.about', label: 'About Prismatic Studio', icon: Info, run: () => openDialog({ kind: 'about' }) },
    { id: 'help.licences', label: 'Licences', icon: Scale, run: () => openDialog({ kind: 'licences' }) },
    { id: 'help.logs', label: 'Open the log folder', icon: Settings, run: () => void openLogs() },
  ];
  if (!useDocument.getState().open) return always;
  return [
    { id: 'view.tree', label: 'Show the Tree', icon: Network, keys: 'Mod+1', run: () => showView('tree') },
    { id: 'view.flow', label: 'Show the Flow', icon: Workflow, keys: 'Mod+2', run: () => showView('flow') },
    { id: 'view.zoomFit', label: 'Show the whole drawing', icon: Maximize, run: fitAll },
    { id: 'view.problems', label: 'Show Problems', icon: PanelBottom, keys: 'Mod+Shift+M', run: () => showBottom('problems') },
    { id: 'view.run', label: 'Show the Run panel', icon: PanelBottom, run: () => showBottom('run') },
    { id: 'view.tests', label: 'Show the Tests panel', icon: PanelBottom, run: () => showBottom('tests') },
    { id: 'view.timeline', label: 'Show the Timeline', icon: GitFork, run: () => showBottom('timeline') },
    { id: 'view.left', label: 'Show or hide Palette and Outline', icon: PanelLeft, keys: 'Mod+B', run: toggleLeft },
    { id: 'view.bottom', label: 'Show or hide the bottom panel', icon: PanelBottom, keys: 'Mod+J', run: toggleBottom },
    { id: 'view.inspector', label: 'Show or hide the Inspector', icon: PanelRight, keys: 'Mod+I', run: toggleInspector },
    ...always,
  ];
}
