// In Node there are no elements: a page that a server renders has the tag and what stands between, and the browser does the rest.
export class HourglassCalculator {}
