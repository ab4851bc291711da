/** What an event of a field says. The casts are here once: an element listens to its own fields alone, and knows which they are. */

/** What was typed into a field, or chosen from its list. */
export const textIn = ({ target }: Event) => (target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;

/** Whether a box is ticked. */
export const isTicked = ({ target }: Event) => (target as HTMLInputElement).checked;

/** Whether a fold is open. */
export const isOpen = ({ target }: Event) => (target as HTMLDetailsElement).open;
