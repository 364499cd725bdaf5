import { lazy, Suspense } from 'react';
import { AboutDialog } from './about-dialog';
import { AllowDialog } from './allow-dialog';
import { BrowseDialog } from './browse-dialog';
import { CommandPalette } from './command-palette';
import { ExportDialog } from './export-dialog';
import { HistoryDialog } from './history-dialog';
import { ImportDialog } from './import-dialog';
import { LicencesDialog } from './licences-dialog';
import { NameDialog } from './name-dialog';
import { NewProjectDialog } from './new-project-dialog';
import { SendDialog } from './send-dialog';
import { SettingsDialog } from './settings-dialog';
import { ShortcutsDialog } from './shortcuts-dialog';
import { SimulateDialog } from './simulate-dialog';
import { selectDialog, useDialogs } from '../stores/dialogs';

/** Its forms are held against schemas, which come when they are wanted. */
const MockDialog = lazy(() => import('../mocks/mock-dialog').then((module) => ({ default: module.MockDialog })));
const ProvidersDialog = lazy(() => import('../providers/providers-dialog').then((module) => ({ default: module.ProvidersDialog })));

const ToolsDialog = lazy(() => import('../tools/tools-dialog').then((module) => ({ default: module.ToolsDialog })));

/** The one dialog that is open. */
export function Dialogs() {
  const dialog = useDialogs(selectDialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'commands':
      return <CommandPalette />;
    case 'allow':
      return <AllowDialog andThen={dialog.andThen} />;
    case 'send':
      return <SendDialog {...(dialog.node === undefined ? {} : { node: dialog.node })} {...(dialog.message ? { message: dialog.message } : {})} />;
    case 'mock':
      return <Suspense><MockDialog key={dialog.node} node={dialog.node} /></Suspense>;
    case 'about':
      return <AboutDialog />;
    case 'export':
      return <ExportDialog />;
    case 'simulate':
      return <SimulateDialog />;
    case 'history':
      return <HistoryDialog />;
    case 'browse':
      return <BrowseDialog why={dialog.why} />;
    case 'newProject':
      return <NewProjectDialog {...(dialog.example === undefined ? {} : { example: dialog.example })} />;
    case 'name':
      return <NameDialog {...dialog} />;
    case 'import':
      return <ImportDialog />;
    case 'providers':
      return <Suspense><ProvidersDialog /></Suspense>;
    case 'tools':
      return <Suspense><ToolsDialog /></Suspense>;
    case 'settings':
      return <SettingsDialog />;
    case 'licences':
      return <LicencesDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
  }
}
