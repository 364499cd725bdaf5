import type { CatalogPart } from './catalog-entry';

/** Codes of exports and of new projects: EXP0xx and NEW0xx. */
export const exportCatalog = {
  EXP001: {
    severity: 'error',
    title: 'the target folder holds something that is no export of ours',
    meaning: 'An export replaces the whole folder. So it goes into a folder that is empty or absent, or over an earlier export, known by `prismaticExport` in its `package.json`.',
    in: 'shell',
    wrong: 'prismatic export my-system --target node --out ~/Documents',
    right: 'prismatic export my-system --target node --out ~/Documents/my-system',
  },
  EXP002: {
    severity: 'error',
    title: 'the export cannot be written',
    meaning: 'The system refused a file or folder of the export: no permission, no room, or a file where a folder has to be.',
    in: 'shell',
    wrong: 'prismatic export my-system --target node --out /proc/my-system',
    right: 'prismatic export my-system --target node --out ~/my-system',
  },
  EXP003: {
    severity: 'error',
    title: 'program.json is not what was exported',
    meaning: 'A bundle runs the program whose hash stands in it. The file is missing, is no JSON, or was changed by hand; its hash is over all of it.',
    in: 'shell',
    wrong: `sed -i 's/billing/accounts/' bundle/program.json && node bundle/main.mjs`,
    right: 'prismatic export my-system --target node --out bundle && node bundle/main.mjs',
  },
  NEW001: {
    severity: 'error',
    title: 'the folder is not empty',
    meaning: 'A new project is written into a folder that is absent or empty: nothing that is there is ever written over.',
    in: 'shell',
    wrong: 'prismatic new .',
    right: 'prismatic new my-system',
  },
  NEW002: {
    severity: 'error',
    title: 'the shared file cannot be read',
    meaning: '`--from` names a `*.prismatic` file. It is missing, is a folder, or may not be read.',
    in: 'shell',
    wrong: 'prismatic new my-system --from desk.prismtic',
    right: 'prismatic new my-system --from desk.prismatic',
  },
  NEW003: {
    severity: 'error',
    title: 'the shared file was not opened',
    meaning: 'A shared project is a zip of its folder. It is looked at as a whole before a byte of it is written: at most 50 MB and 10,000 entries, none packed more than 100 times smaller; no links, no path that is absolute, has `..` or names a device, none twice with other capitals, no `.git/` and no `.prismatic/`.',
    in: 'shell',
    wrong: 'zip -y desk.prismatic design.json data/link-to-home',
    right: 'zip -r desk.prismatic design.json protocols handlers data',
  },
  NEW005: {
    severity: 'error',
    title: 'the new project cannot be written',
    meaning: 'The system refused a file or folder of the new project: no permission, no room, or a file where a folder has to be.',
    in: 'shell',
    wrong: 'prismatic new /proc/my-system',
    right: 'prismatic new ~/my-system',
  },
} as const satisfies CatalogPart;
