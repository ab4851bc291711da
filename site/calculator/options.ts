/** Up to how many options stand side by side; more are a list to drop down. */
export const SIDE_BY_SIDE = 3;
