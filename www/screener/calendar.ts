// The day it is where the family is.

/** The device's own date: in the evening UTC is already a day ahead of every U.S. state. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
