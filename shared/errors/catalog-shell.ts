import type { CatalogPart } from './catalog-entry';

/** Codes of the shells around the core: SHL0xx and SRV0xx. */
export const shellCatalog = {
  SHL001: {
    severity: 'error',
    title: 'this needs the window of the desktop app',
    meaning: 'A page in a browser has no dialog of the system.',
    in: 'words',
    wrong: 'the system’s folder dialog, asked for by a page',
    right: 'the list of folders in the page',
  },
  SHL002: {
    severity: 'error',
    title: 'the page has not been shown that folder',
    meaning: 'A page walks folders from the person’s own, and can name only what it was shown.',
    in: 'words',
    wrong: 'a made-up handle',
    right: 'a folder of the list',
  },
  SHL003: {
    severity: 'error',
    title: 'this is no name of a folder',
    meaning: 'A name has no slash in it and no dot in front.',
    in: 'words',
    wrong: '../other',
    right: 'other',
  },
  SHL004: {
    severity: 'error',
    title: 'this is no address that is opened',
    meaning: 'Only https addresses without a user name are handed to the browser.',
    in: 'words',
    wrong: 'file:///etc/passwd',
    right: 'https://example.org/',
  },
  SHL005: {
    severity: 'error',
    title: 'an address was not opened',
    meaning: 'A page of the web is opened only after the person has said yes; here the person, or the system, said no.',
    in: 'words',
    wrong: 'Cancel, when it is asked',
    right: 'Open, when it is asked',
  },
  SHL006: {
    severity: 'error',
    title: 'a folder cannot be opened',
    meaning: 'It was moved or removed, or may not be read.',
    in: 'words',
    wrong: 'a folder of another user',
    right: 'a folder of one’s own',
  },
  SRV001: {
    severity: 'error',
    title: 'the port cannot be listened on',
    meaning: 'Another program has it, or the system does not allow it.',
    in: 'words',
    wrong: 'prismatic serve --port 80',
    right: 'prismatic serve',
  },
} as const satisfies CatalogPart;
