/** Parts of addresses, by the names that routes give them: what is none of its kind stands for nothing. */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const isId = (value: string): boolean => ID.test(value)

const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  id: isId,
  ordinal: value => /^\d{1,15}$/.test(value),
  account: value => /^\d{1,12}$/.test(value),
  period: value => /^\d{4}-(0[1-9]|1[0-2])$/.test(value),
}

/** Whether an address may stand for something: nobody is asked for an id that is none. */
export const mayStand = (parts: Readonly<Record<string, string | undefined>>): boolean =>
  Object.entries(parts).every(([name, value]) => value === undefined || PARTS[name]?.(value) !== false)
