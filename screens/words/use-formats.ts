import { createContext, useContext } from 'react'
import { today } from './days.ts'
import { formatsOf } from './formats.ts'
import type { Formats } from './formats.ts'
import { useLanguage } from './words.ts'

const Zone = createContext<string | undefined>(undefined)

/** Around what belongs to one place: instants and days stand in its time zone, wherever it is looked at from. */
export const InTimeZone = Zone.Provider

/** That of the place; undefined for that of the machine. */
const useTimeZone = (): string | undefined => useContext(Zone)

export const useFormats = (): Formats => formatsOf(useLanguage(), useTimeZone())

export const useToday = (): string => today(useTimeZone())
