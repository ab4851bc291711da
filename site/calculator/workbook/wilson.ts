/** The 95% interval of a share of customers, as core/retention's wilson has it, as formulas of so many out of n. */

/** The 97.5% point of the standard normal distribution, and its square. */
const Z = "1.959963984540054";
export const Z2 = `${Z}^2`;

/** The mean at which so many or more are seen with a chance of 5%, as core/retention has it. */
const poisson = (k: string) => `IF(${k}=1,0.05129329438755058,IF(${k}=2,0.3553615106986621,0.8176914465754137))`;

export const middle = (k: string, n: string) => `(${k}+${Z2}/2)/(${n}+${Z2})`;
export const halfWidth = (k: string, n: string) => `${Z}*SQRT(${k}*(${n}-${k})/${n}+${Z2}/4)/(${n}+${Z2})`;

/** Counts up to this are adjusted. */
export const few = (n: string) => `IF(${n}<=50,2,3)`;

export const lower = (k: string, n: string, mid: string, half: string, least: string) => `IF(${k}=0,0,IF(${k}<=${least},MIN(MAX(0,${mid}-${half}),${poisson(k)}/${n}),MAX(0,${mid}-${half})))`;
export const upper = (k: string, n: string, mid: string, half: string, least: string) =>
  `IF(${k}=${n},1,IF(${n}-${k}<=${least},MAX(MIN(1,${mid}+${half}),1-${poisson(`(${n}-${k})`)}/${n}),MIN(1,${mid}+${half})))`;
