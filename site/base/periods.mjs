/** How many periods a year has, as core/value.Period.PerYear has it. @type {Record<string, number>} */
export const PER_YEAR = { day: 365, week: 52, month: 12, quarter: 4, year: 1 };
