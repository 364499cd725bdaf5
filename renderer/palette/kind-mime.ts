/** What a dragged entry of the Palette carries: its kind, as text. Canvas and Outline take it. */
export const KIND_MIME = 'application/x-prismatic-kind';
/** A dragged entry of the section Guards: its kind, as text. Wires take it. */
export const GUARD_MIME = 'application/x-prismatic-guard';
