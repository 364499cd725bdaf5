/** What a dragged entry of the Palette carries: its kind, as text. Canvas and Outline take it. */
export const KIND_MIME = 'application/x-prismatic-kind';
