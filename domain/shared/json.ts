/** How the integers of the domain leave it as JSON. */

/** A number as far as integers are safe, the digits as a text beyond: no JSON number is ever rounded (PROTOCOL 7). */
export const jsonInteger = (n: bigint): number | string => {
  const number = Number(n)
  return Number.isSafeInteger(number) ? number : String(n)
}

/** The same for whatever holds integers, as the replacer of `JSON.stringify`. */
export const withJsonIntegers = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? jsonInteger(value) : value
