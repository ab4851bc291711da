/** How many periods a year has, as core/value.Period.PerYear has it. */
export const PER_YEAR: Record<string, number> = { day: 365, week: 52, month: 12, quarter: 4, year: 1 };
