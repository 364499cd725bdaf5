/** Imported before any schema: the page's policy allows no code from text, and the attempt alone is reported as a violation. */
import { config } from 'zod';

config({ jitless: true });
