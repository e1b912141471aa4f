/** `−0.42`: a number with so many digits behind the point, and a minus sign where a hyphen would stand. */
export const formatDecimals = (value: number, digits: number): string =>
  value.toFixed(digits).replace("-", "−");
