/** Stands on every page that is made, so that nobody edits one. */
export const MADE = '<!-- Made by `npm run docs`. Change the catalog or the schema it is made from, not this page. -->\n';
