/** The data folder as the shells name it. */
export { defaultDataDir } from '../store/data-dir';
