/** Scaled integers as decimals: nothing here rounds. */

/** Decimals of each scale, by its name. */
export const DECIMALS = { amount: 2, quantity: 4, price: 6, rate: 2 } as const
export type Scale = keyof typeof DECIMALS

/**
 * A scaled integer as a decimal number with a point: `-1234`, an amount, is `-12.34`. Zeros at the end are left out, but
 * for amounts.
 */
export const decimalText = (scaled: bigint | number | string, scale: Scale): string => {
  const [, sign = '', figures = ''] = /^(-?)(.*)$/.exec(String(scaled)) ?? []
  const digits = figures.padStart(DECIMALS[scale] + 1, '0')
  const fraction = digits.slice(-DECIMALS[scale])
  const kept = scale === 'amount' ? fraction : fraction.replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DECIMALS[scale])}${kept === '' ? '' : `.${kept}`}`
}
